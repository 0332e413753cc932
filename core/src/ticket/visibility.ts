import { type Actor, isStaff } from '../kernel/index.ts';
import type { Ticket, TicketRecord } from './ticket.ts';

/** Customers see the tickets that they reported. Staff see all tickets of their organization. */
export function maySee(actor: Actor, ticket: Ticket): boolean {
  return isStaff(actor) || ticket.reporterId === actor.userId;
}

/** The ticket as the caller may see it. Customers do not see `triage`, because it judges their mood. */
export function ticketSeenBy<Seen extends { readonly triage: unknown }>(actor: Actor, ticket: Seen): Seen {
  return isStaff(actor) || ticket.triage === null ? ticket : { ...ticket, triage: null };
}

export function recordSeenBy(actor: Actor, record: TicketRecord): TicketRecord {
  return { ...record, ticket: ticketSeenBy(actor, record.ticket) };
}
