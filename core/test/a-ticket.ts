import type { Ticket } from '../src/ticket/ticket.ts';

/** A new ticket that says nothing but its title. */
export const A_TICKET: Ticket = {
  id: 'tkt_1',
  number: 1,
  externalId: null,
  title: 'T',
  description: '',
  status: 'NEW',
  priority: 'MEDIUM',
  type: 'INCIDENT',
  reporterId: 'u',
  assignedToId: null,
  tags: [],
  customFields: {},
  triage: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  resolvedAt: null,
  closedAt: null,
  version: 1,
};
