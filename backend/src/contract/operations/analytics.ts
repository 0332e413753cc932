import { Summary } from '@curlew/core/analytics';
import type { analyticsRoutes } from '../../http/analytics.ts';
import { get } from './test-request.ts';
import type { OperationTexts, SchemaName } from './text-types.ts';

export const analyticsOperations = {
  getSummary: {
    summary: 'Count tickets by status and priority',
    description: 'Deleted tickets are not counted. The counts follow a change of a ticket within moments.',
    successes: ['The counts.'],
    examples: {
      answers: {
        200: {
          'A small desk': {
            tickets: {
              total: 412,
              byStatus: { NEW: 9, OPEN: 21, IN_PROGRESS: 14, RESOLVED: 38, CLOSED: 330 },
              byPriority: { LOW: 120, MEDIUM: 228, HIGH: 57, CRITICAL: 7 },
            },
          },
        },
      },
    },
    access: ['analytics:read', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => get('/v1/analytics/summary') },
  },
} as const satisfies OperationTexts<typeof analyticsRoutes>;

export const analyticsNames: readonly SchemaName[] = [
  [Summary, 'Summary', 'The number of tickets, without deleted tickets.'],
  [Summary.shape.tickets, 'TicketCounts'],
  [Summary.shape.tickets.shape.byStatus, 'CountsByStatus'],
  [Summary.shape.tickets.shape.byPriority, 'CountsByPriority'],
];
