import { receiptOf } from '../kernel/index.ts';
import type { TicketStoreDeps } from './deps.ts';
import type { RecordedEvent } from './history.ts';
import type { TicketRecord } from './ticket.ts';
import { recordSeenBy } from './visibility.ts';

/**
 * Saves a change of a loaded ticket. Without events the ticket is unchanged, and is written only if the request needs a
 * receipt.
 */
export async function saveTicket(
  { ctx, tickets }: TicketStoreDeps,
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
