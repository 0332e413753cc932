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
    successes: [{ status: 200, schema: Summary }],
    problems: [],
    run: (deps) => readSummary(deps),
    reply: (summary) => json(200, summary),
  }),
];
