import type { TicketEvent } from '../ticket/events.ts';
import type { TicketCounts } from './ports.ts';

/** Keeps the counts in step with a ticket. Harmless when the event comes again or late. */
export function onTicketEvent({ counts }: { readonly counts: TicketCounts }, event: TicketEvent): Promise<void> {
  return counts.apply(event.organizationId, event.subject, event.sequence, event.data.ticket);
}
