import type { TicketFacts } from '../ticket/events.ts';
import type { Summary } from './summary.ts';

/** Counts the tickets of each organization. Ticket events keep the counts up to date. */
export interface TicketCounts {
  /**
   * Counts a ticket under the status and priority in `facts`, and no longer under its earlier ones. Does nothing if the
   * same or a higher sequence of this ticket was applied already, so events may arrive twice and in any order.
   */
  apply(organizationId: string, ticketId: string, sequence: number, facts: TicketFacts): Promise<void>;

  /** The present counts. They lag behind the tickets by a moment, until the latest events are applied. */
  read(organizationId: string): Promise<Summary>;
}
