import { isStaff, requireAccess, retryStale } from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { recordEvent } from './history.ts';
import { ticketKey, ticketNotFound } from './load-ticket.ts';
import type { TicketRef } from './ports.ts';
import { saveTicket } from './save-ticket.ts';
import type { TicketRecord } from './ticket.ts';
import { maySee } from './visibility.ts';

/** Restores a deleted ticket; a ticket that is not deleted stays unchanged. Throws `not_found`. */
export async function restoreTicket(deps: TicketDeps, ref: TicketRef): Promise<TicketRecord> {
  const { ctx, tickets } = deps;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await tickets.find(ctx.actor.organizationId, ref);
    const isVisible = before?.deletedAt === null ? maySee(ctx.actor, before.ticket) : isStaff(ctx.actor);
    if (before === undefined || !isVisible) throw ticketNotFound(ref);
    requireAccess(ctx, 'tickets:manage');
    if (before.deletedAt === null) return saveTicket(deps, before, before, []);
    const time = ctx.now();
    const ticket = { ...before.ticket, updatedAt: time, version: before.ticket.version + 1 };
    const restored = recordEvent(ctx, before, ticket, { type: 'ticket.restored', time });
    return saveTicket(deps, before, restored.ticket, [restored.event]);
  });
}
