import { checkVersion, type ExpectedVersions, retryStale } from '../kernel/index.ts';
import { record } from './history.ts';
import type { TicketRef } from './ports.ts';
import { loadTicket, saveTicket, type TicketVerb, ticketKey } from './verb.ts';

/** Hides a ticket from everything but `restoreTicket`. Throws `not_found`, `precondition_failed`. */
export async function deleteTicket(verb: TicketVerb, ref: TicketRef, expected: ExpectedVersions): Promise<void> {
  const { ctx } = verb;
  await retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(verb, ref);
    checkVersion(expected, before.ticket.version);
    const time = ctx.now();
    const ticket = { ...before.ticket, updatedAt: time, version: before.ticket.version + 1 };
    const deleted = record(ctx, before, ticket, { type: 'ticket.deleted', time });
    await saveTicket(verb, before, deleted.record, [deleted.recorded]);
  });
}
