import { type Actor, isStaff } from '../kernel/index.ts';
import type { Ticket, TicketRecord } from './ticket.ts';

/** Customers see what they reported, staff all of their organization. */
export function maySee(actor: Actor, ticket: Ticket): boolean {
  return isStaff(actor) || ticket.reporterId === actor.userId;
}

/** A ticket as the caller may see it: what triage thinks of customers is for staff. */
export function ticketSeenBy<Seen extends { readonly triage: unknown }>(actor: Actor, ticket: Seen): Seen {
  return isStaff(actor) || ticket.triage === null ? ticket : { ...ticket, triage: null };
}

export function recordSeenBy(actor: Actor, record: TicketRecord): TicketRecord {
  return { ...record, ticket: ticketSeenBy(actor, record.ticket) };
}
