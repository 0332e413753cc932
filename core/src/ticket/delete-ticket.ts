import { checkVersion, type ExpectedVersions, retryStale } from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { recordEvent } from './history.ts';
import { loadTicket, ticketKey } from './load-ticket.ts';
import type { TicketRef } from './ports.ts';
import { saveTicket } from './save-ticket.ts';

/** Deletes a ticket. Only `restoreTicket` still finds it. Throws `not_found`, `precondition_failed`. */
export async function deleteTicket(deps: TicketDeps, ref: TicketRef, expected: ExpectedVersions): Promise<void> {
  const { ctx } = deps;
  await retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(deps, ref, 'tickets:manage');
    checkVersion(expected, before.ticket.version);
    const time = ctx.now();
    const ticket = { ...before.ticket, updatedAt: time, version: before.ticket.version + 1 };
    const deleted = recordEvent(ctx, before, ticket, { type: 'ticket.deleted', time });
    await saveTicket(deps, before, deleted.ticket, [deleted.event]);
  });
}
