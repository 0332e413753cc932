import * as z from 'zod';
import { TicketPriority, TicketStatus } from '../ticket/events.ts';

const Count = z.int().min(0);

/** The number of tickets by status and by priority, without deleted tickets. Lags behind the tickets by a moment. */
export const Summary = z.object({
  tickets: z.object({
    total: Count,
    byStatus: z.object(byName(TicketStatus.options, () => Count)),
    byPriority: z.object(byName(TicketPriority.options, () => Count)),
  }),
});
export type Summary = z.infer<typeof Summary>;

/** Makes the summary from the counts of a store. */
export function summaryOf(counts: {
  ofStatus(status: TicketStatus): number;
  ofPriority(priority: TicketPriority): number;
}): Summary {
  const byStatus = byName(TicketStatus.options, counts.ofStatus);
  const byPriority = byName(TicketPriority.options, counts.ofPriority);
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  return Summary.parse({ tickets: { total, byStatus, byPriority } });
}

function byName<Name extends string, Value>(names: readonly Name[], valueFor: (name: Name) => Value) {
  // `Object.fromEntries` does not keep the names in its type.
  return Object.fromEntries(names.map((name) => [name, valueFor(name)])) as Record<Name, Value>;
}
