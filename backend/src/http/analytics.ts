import { type AnalyticsDeps, readSummary, Summary } from '@curlew/core/analytics';
import { routesFor } from './contract.ts';
import { json } from './reply.ts';

export type AnalyticsPorts = Omit<AnalyticsDeps, 'ctx'>;

export const analyticsRoutes = [
  routesFor<AnalyticsPorts>()({
    id: 'getSummary',
    right: 'analytics:read',
    method: 'GET',
    path: '/analytics/summary',
    service: 'analytics',
    summary: 'Count tickets by status and priority',
    description: 'Deleted tickets are not counted. Follows the tickets within moments.',
    successes: [{ status: 200, description: 'The counts.', schema: Summary }],
    problems: [],
    run: (deps) => readSummary(deps),
    reply: (summary) => json(200, summary),
  }),
];
