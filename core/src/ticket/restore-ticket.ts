import { admit, isStaff, retryStale } from '../kernel/index.ts';
import { record } from './history.ts';
import type { TicketRef } from './ports.ts';
import type { TicketRecord } from './ticket.ts';
import { maySee, noTicket, saveTicket, type TicketVerb, ticketKey } from './verb.ts';

/** Brings a deleted ticket back as it was; one that is not deleted stays as it is. Throws `not_found`. */
export async function restoreTicket(verb: TicketVerb, ref: TicketRef): Promise<TicketRecord> {
  const { ctx, tickets } = verb;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await tickets.find(ctx.actor.organizationId, ref);
    const isThere = before?.deletedAt === null ? maySee(ctx.actor, before.ticket) : isStaff(ctx.actor);
    if (before === undefined || !isThere) throw noTicket(ref);
    admit(ctx);
    if (before.deletedAt === null) return saveTicket(verb, before, before, []);
    const time = ctx.now();
    const ticket = { ...before.ticket, updatedAt: time, version: before.ticket.version + 1 };
    const restored = record(ctx, before, ticket, { type: 'ticket.restored', time });
    return saveTicket(verb, before, restored.record, [restored.recorded]);
  });
}
