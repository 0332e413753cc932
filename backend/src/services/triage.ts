import { TicketEvent } from '@curlew/core/ticket';
import { triageOnEvent } from '@curlew/core/ticket/triage/on-ticket-event.ts';
import type { Service, Subscription } from './service-types.ts';

/** This service has no routes. The service `tickets` has the triage routes, because triage is part of a ticket. */
export const service = { name: 'triage', description: 'Triage', routes: [], ports: {} } as const satisfies Service;

export const triage = {
  name: 'triage',
  description: 'Analyses the texts of tickets, and learns from the decisions of users',
  events: ['ticket.created', 'ticket.updated', 'ticket.restored', 'message.added'],
  event: TicketEvent,
  react: triageOnEvent,
  ports: { tickets: 'tickets', triager: 'triager', settings: 'triageSettings', contextFor: 'triageContext' },
  mayUse: {
    tickets: { items: ['Query', 'PutItem', 'UpdateItem'] },
    // The triage settings of an organization are stored in this table.
    users: { items: ['GetItem'] },
  },
  readsTexts: { files: ['s3:GetObject', 's3:PutObject'] },
  // The models need CPU time. With this much memory, Lambda gives more than half of a CPU core.
  memoryMegabytes: 1024,
  // A text may first wait for Comprehend and then be analysed here. Learning is retried after a concurrent update.
  timeoutSeconds: 60,
  // All reactions wait for the same worker thread, which has its own timeout for each text.
  pace: { atOnce: 16, timeoutMilliseconds: 10 * 60 * 1000 },
} as const satisfies Subscription;
