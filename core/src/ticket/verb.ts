import { type Actor, admit, type Context, isStaff, notFound, receiptOf } from '../kernel/index.ts';
import type { RecordedEvent } from './history.ts';
import type { People, TicketRef, TicketStore } from './ports.ts';
import type { Ticket, TicketRecord } from './ticket.ts';

/** What every ticket verb is given. */
export interface TicketVerb {
  readonly ctx: Context;
  readonly tickets: TicketStore;
  readonly people: People;
}

export type OnTickets = Pick<TicketVerb, 'ctx' | 'tickets'>;

/** Customers see what they reported, staff all of their organization. */
export function maySee(actor: Actor, ticket: Ticket): boolean {
  return isStaff(actor) || ticket.reporterId === actor.userId;
}

/** Loads a ticket that is there for this caller. Throws `not_found`, also for a deleted one, and `forbidden`. */
export async function loadTicket({ ctx, tickets }: OnTickets, ref: TicketRef): Promise<TicketRecord> {
  const found = await tickets.find(ctx.actor.organizationId, ref);
  if (found === undefined || found.deletedAt !== null || !maySee(ctx.actor, found.ticket)) throw noTicket(ref);
  admit(ctx);
  return found;
}

/** A ticket as the caller may see it: what triage thinks of customers is for staff. */
export function asSeenBy<Seen extends { readonly triage: unknown }>(actor: Actor, ticket: Seen): Seen {
  return isStaff(actor) || ticket.triage === null ? ticket : { ...ticket, triage: null };
}

export function recordSeenBy(actor: Actor, record: TicketRecord): TicketRecord {
  return { ...record, ticket: asSeenBy(actor, record.ticket) };
}

/** Saves a decision on a loaded ticket. Without events nothing changed, and only a receipt is worth a write. */
export async function saveTicket(
  { ctx, tickets }: OnTickets,
  before: TicketRecord,
  record: TicketRecord,
  events: readonly RecordedEvent[],
): Promise<TicketRecord> {
  const seen = recordSeenBy(ctx.actor, record);
  if (events.length > 0 || ctx.receiptFor !== undefined) {
    await tickets.save({ record, before, events, ...receiptOf(ctx, seen) });
  }
  return seen;
}

/** Names a ticket's turn. By id and by number it has two; the store's condition stands between them. */
export function ticketKey(ref: TicketRef): string {
  return `ticket ${typeof ref === 'object' ? ref.externalId : ref}`;
}

export function noTicket(ref: TicketRef) {
  return notFound('ticket', typeof ref === 'object' ? ref.externalId : String(ref));
}
