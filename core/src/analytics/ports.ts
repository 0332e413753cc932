import type { TicketFacts } from '../ticket/events.ts';
import type { Summary } from './summary.ts';

/** Running counts per organization, fed by ticket events. */
export interface TicketCounts {
  /**
   * Counts a ticket where `facts` put it, instead of where it was counted before. Does nothing when it has seen the
   * same or a higher sequence of this ticket, so that events may come twice and in any order.
   */
  apply(organizationId: string, ticketId: string, sequence: number, facts: TicketFacts): Promise<void>;

  /** What has been counted so far: a moment behind the tickets. */
  read(organizationId: string): Promise<Summary>;
}
