import type { TicketEvent } from '../ticket/events.ts';
import type { TicketCounts } from './ports.ts';

/** Updates the counts after a ticket event. Repeated and late events change nothing. */
export function onTicketEvent({ counts }: { readonly counts: TicketCounts }, event: TicketEvent): Promise<void> {
  return counts.apply(event.organizationId, event.subject, event.sequence, event.data.ticket);
}
