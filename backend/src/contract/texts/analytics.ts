import type { analyticsRoutes } from '../../http/analytics.ts';
import type { OperationTexts } from './text-types.ts';

export const analyticsOperations = {
  getSummary: {
    summary: 'Count tickets by status and priority',
    description: 'Deleted tickets are not counted. Follows the tickets within moments.',
    successes: ['The counts.'],
  },
} as const satisfies OperationTexts<typeof analyticsRoutes>;
