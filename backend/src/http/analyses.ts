import { Analysis, NewAnalysis } from '@curlew/core/triage';
import { routesFor } from './contract.ts';
import { json } from './reply.ts';

export interface AnalysisPorts {
  /** What there is to find in a text; of an empty one nothing. */
  analyze(text: string): Promise<Analysis>;
}

export const analysisRoutes = [
  routesFor<AnalysisPorts>()({
    id: 'analyzeText',
    method: 'POST',
    path: '/analyses',
    service: 'tickets',
    summary: 'Analyse a text',
    description:
      'Language, sentiment, key phrases, urgency with its reasons, and category of any text. HTML is read as a reader would see it. Nothing is stored, so there is no Idempotency-Key: the same text has the same analysis.',
    body: { schema: NewAnalysis, kind: 'create' },
    successes: [{ status: 200, description: 'What was found.', schema: Analysis }],
    problems: [],
    run: ({ analyze }, { body }) => analyze(body.text),
    reply: (analysis) => json(200, analysis),
  }),
];
