import { editableFields, newTicket } from '../src/ticket/ticket.ts';

/** A new ticket with a title, and the defaults of everything else. */
export const A_TICKET = newTicket(
  { id: 'tkt_1', number: 1, now: '2026-01-01T00:00:00.000Z' },
  editableFields({
    title: 'T',
    description: '',
    status: 'NEW',
    priority: 'MEDIUM',
    type: 'INCIDENT',
    reporterId: 'u',
  }),
);
