import { admit, type CreationSort, demand, isStaff, notFound, type Page, type PageRequest } from '../kernel/index.ts';
import type { HistoryEntry } from './history.ts';
import type { Message } from './message.ts';
import type { TicketQuery, TicketRef } from './ports.ts';
import type { TicketRecord, TicketRow } from './ticket.ts';
import { asSeenBy, loadTicket, recordSeenBy, type TicketVerb } from './verb.ts';

type Sorted = PageRequest & { readonly sort: CreationSort };

/** Throws `not_found`. */
export async function readTicket(verb: TicketVerb, ref: TicketRef): Promise<TicketRecord> {
  return recordSeenBy(verb.ctx.actor, await loadTicket(verb, ref));
}

/** Customers get what they reported, whatever they ask for. Throws `forbidden` when they ask how they feel. */
export async function listTickets({ ctx, tickets }: TicketVerb, query: TicketQuery): Promise<Page<TicketRow>> {
  admit(ctx);
  const { organizationId, userId } = ctx.actor;
  if (isStaff(ctx.actor)) return tickets.list(organizationId, query);
  if (query.filters.reporterId?.includes(userId) === false) return { items: [] };
  if (query.filters.sentiment !== undefined) demand(ctx.actor, 'tickets:manage', 'agent');
  const page = await tickets.list(organizationId, { ...query, filters: { ...query.filters, reporterId: [userId] } });
  return { ...page, items: page.items.map((row) => asSeenBy(ctx.actor, row)) };
}

/** Customers get no notes: such a page may be short. Throws `not_found` for the ticket. */
export async function listMessages(verb: TicketVerb, ref: TicketRef, page: Sorted): Promise<Page<Message>> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  const kind = isStaff(verb.ctx.actor) ? {} : { kind: 'reply' as const };
  return verb.tickets.listMessages(organizationId, ticket.id, { ...page, ...kind });
}

/** Throws `not_found` for the ticket or the message. */
export async function readMessage(verb: TicketVerb, ref: TicketRef, messageId: string): Promise<Message> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  const message = await verb.tickets.findMessage(organizationId, ticket.id, messageId);
  if (message === undefined || (message.kind === 'note' && !isStaff(verb.ctx.actor))) {
    throw notFound('message', messageId);
  }
  return message;
}

/** Throws `not_found` for the ticket. */
export async function listHistory(verb: TicketVerb, ref: TicketRef, page: Sorted): Promise<Page<HistoryEntry>> {
  const { ticket, organizationId } = await loadTicket(verb, ref);
  return verb.tickets.listHistory(organizationId, ticket.id, page);
}
