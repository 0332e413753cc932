import { onTicketEvent } from '@curlew/core/analytics/on-ticket-event.ts';
import { TicketEvent } from '@curlew/core/ticket';
import { analyticsRoutes } from '../http/analytics.ts';
import type { Service, Subscription } from './service-types.ts';

export const service = {
  name: 'analytics',
  description: 'Counts',
  routes: [analyticsRoutes],
  ports: { counts: 'ticketCounts' },
  table: { indexes: [], stream: false },
  mayUse: { analytics: { items: ['Query'] } },
} as const satisfies Service;

export const ticketCounts = {
  name: 'ticket-counts',
  description: 'Counts tickets by status and priority',
  // All other events leave a ticket's status and priority unchanged, so they do not change the counts.
  events: ['ticket.created', 'ticket.updated', 'ticket.status_changed', 'ticket.deleted', 'ticket.restored'],
  event: TicketEvent,
  react: onTicketEvent,
  ports: { counts: 'ticketCounts' },
  mayUse: { analytics: { items: ['GetItem', 'PutItem', 'UpdateItem'] } },
} as const satisfies Subscription;
