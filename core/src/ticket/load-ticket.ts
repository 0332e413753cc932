import { notFound, type Right, requireAccess } from '../kernel/index.ts';
import type { TicketStoreDeps } from './deps.ts';
import type { TicketRef } from './ports.ts';
import type { TicketRecord } from './ticket.ts';
import { maySee } from './visibility.ts';

export type TicketRight = Extract<Right, `tickets:${string}`>;

/**
 * Loads a ticket. Throws `not_found` if the ticket does not exist, is deleted, or is not visible to the caller, and
 * `forbidden` if the caller lacks `right`.
 */
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

/**
 * Lock key for a ticket. Its id, number and external id give different keys; the store's version check covers that
 * race.
 */
export function ticketKey(ref: TicketRef): string {
  return `ticket ${typeof ref === 'object' ? ref.externalId : ref}`;
}

export function ticketNotFound(ref: TicketRef) {
  return notFound('ticket', typeof ref === 'object' ? ref.externalId : String(ref));
}
