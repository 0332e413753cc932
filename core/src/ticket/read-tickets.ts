import { type CreationSort, isStaff, notFound, type Page, type PageRequest, requireAccess } from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import type { HistoryEntry } from './history.ts';
import { loadTicket } from './load-ticket.ts';
import type { Message } from './message.ts';
import type { TicketQuery, TicketRef } from './ports.ts';
import type { TicketRecord, TicketRow } from './ticket.ts';
import { recordSeenBy, ticketSeenBy } from './visibility.ts';

type SortedPageRequest = PageRequest & { readonly sort: CreationSort };

/** Throws `not_found`. */
export async function readTicket(deps: TicketDeps, ref: TicketRef): Promise<TicketRecord> {
  return recordSeenBy(deps.ctx.actor, await loadTicket(deps, ref, 'tickets:read'));
}

/** Customers get only the tickets that they reported. Throws `forbidden` if a customer filters by sentiment. */
export async function listTickets({ ctx, tickets }: TicketDeps, query: TicketQuery): Promise<Page<TicketRow>> {
  requireAccess(ctx, 'tickets:read');
  const { organizationId, userId } = ctx.actor;
  if (isStaff(ctx.actor)) return tickets.list(organizationId, query);
  if (query.filters.reporterId?.includes(userId) === false) return { items: [] };
  if (query.filters.sentiment !== undefined) requireAccess(ctx, 'tickets:manage', 'all');
  const page = await tickets.list(organizationId, { ...query, filters: { ...query.filters, reporterId: [userId] } });
  return { ...page, items: page.items.map((row) => ticketSeenBy(ctx.actor, row)) };
}

/** Lists a ticket's messages; customers get no notes. Throws `not_found` for the ticket. */
export async function listMessages(deps: TicketDeps, ref: TicketRef, page: SortedPageRequest): Promise<Page<Message>> {
  const { ticket, organizationId } = await loadTicket(deps, ref, 'tickets:read');
  const kind = isStaff(deps.ctx.actor) ? {} : { kind: 'reply' as const };
  return deps.tickets.listMessages(organizationId, ticket.id, { ...page, ...kind });
}

/** Reads one message; a note does not exist for customers. Throws `not_found` for the ticket or the message. */
export async function readMessage(deps: TicketDeps, ref: TicketRef, messageId: string): Promise<Message> {
  const { ticket, organizationId } = await loadTicket(deps, ref, 'tickets:read');
  const message = await deps.tickets.findMessage(organizationId, ticket.id, messageId);
  if (message === undefined || (message.kind === 'note' && !isStaff(deps.ctx.actor))) {
    throw notFound('message', messageId);
  }
  return message;
}

/** Throws `not_found` for the ticket. */
export async function listHistory(
  deps: TicketDeps,
  ref: TicketRef,
  page: SortedPageRequest,
): Promise<Page<HistoryEntry>> {
  const { ticket, organizationId } = await loadTicket(deps, ref, 'tickets:manage');
  return deps.tickets.listHistory(organizationId, ticket.id, page);
}
