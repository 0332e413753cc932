import { notFound, type Right, requireAccess } from '../kernel/index.ts';
import type { TicketStoreDeps } from './deps.ts';
import type { TicketRef } from './ports.ts';
import type { TicketRecord } from './ticket.ts';
import { maySee } from './visibility.ts';

export type TicketRight = Extract<Right, `tickets:${string}`>;

/** Loads a ticket that is there for this caller. Throws `not_found`, also for a deleted one, and `forbidden`. */
export async function loadTicket(
  { ctx, tickets }: TicketStoreDeps,
  ref: TicketRef,
  right: TicketRight,
): Promise<TicketRecord> {
  const found = await tickets.find(ctx.actor.organizationId, ref);
  if (found === undefined || found.deletedAt !== null || !maySee(ctx.actor, found.ticket)) throw ticketNotFound(ref);
  requireAccess(ctx, right);
  return found;
}

/** Names a ticket's turn. By id and by number it has two; the store's condition stands between them. */
export function ticketKey(ref: TicketRef): string {
  return `ticket ${typeof ref === 'object' ? ref.externalId : ref}`;
}

export function ticketNotFound(ref: TicketRef) {
  return notFound('ticket', typeof ref === 'object' ? ref.externalId : String(ref));
}
