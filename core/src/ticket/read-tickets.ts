import { type CreationSort, notFound, type Page, type PageRequest } from '../kernel/index.ts';
import type { HistoryEntry } from './history.ts';
import type { Message } from './message.ts';
import type { TicketQuery, TicketRef } from './ports.ts';
import type { TicketRecord, TicketRow } from './ticket.ts';
import { loadTicket, type TicketVerb } from './verb.ts';

type Sorted = PageRequest & { readonly sort: CreationSort };

/** Throws `not_found`. */
export function readTicket(verb: TicketVerb, ref: TicketRef): Promise<TicketRecord> {
  return loadTicket(verb, ref);
}

export function listTickets({ ctx, tickets }: TicketVerb, query: TicketQuery): Promise<Page<TicketRow>> {
  return tickets.list(ctx.actor.organizationId, query);
}

/** Throws `not_found` for the ticket. */
export async function listMessages(verb: TicketVerb, ref: TicketRef, page: Sorted): Promise<Page<Message>> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  return verb.tickets.listMessages(organizationId, ticket.id, page);
}

/** Throws `not_found` for the ticket or the message. */
export async function readMessage(verb: TicketVerb, ref: TicketRef, messageId: string): Promise<Message> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  const message = await verb.tickets.findMessage(organizationId, ticket.id, messageId);
  if (message === undefined) throw notFound('message', messageId);
  return message;
}

/** Throws `not_found` for the ticket. */
export async function listHistory(verb: TicketVerb, ref: TicketRef, page: Sorted): Promise<Page<HistoryEntry>> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  return verb.tickets.listHistory(organizationId, ticket.id, page);
}
