import type { Sentiment, TicketPriority, TicketStatus, TicketType } from './ticket.ts';

/** The filters by value, most selective first. */
const TICKET_FILTERS = ['reporterId', 'assignedToId', 'tag', 'sentiment', 'status', 'priority', 'type'] as const;
export type TicketFilter = (typeof TICKET_FILTERS)[number];

interface FilterValues {
  readonly reporterId: string;
  readonly assignedToId: string;
  readonly tag: string;
  readonly sentiment: Sentiment;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly type: TicketType;
}

/**
 * A ticket matches a filter if it has any of the filter's values. A list contains the tickets that match all filters.
 */
export type TicketFilters = { readonly [Filter in TicketFilter]?: readonly FilterValues[Filter][] | undefined } & {
  /** Changed at or after this instant, in UTC. */
  readonly updatedSince?: string | undefined;
};

/**
 * Plans how a store lists tickets. The store scans the index of `leader`, the most selective filter with an index, and
 * checks each ticket against the `others`. Without a leader it scans the index of all tickets.
 */
export function listPlan(
  filters: TicketFilters,
  hasIndex: (filter: TicketFilter) => boolean,
): { leader: TicketFilter | undefined; others: readonly TicketFilter[] } {
  const given = TICKET_FILTERS.filter((filter) => filters[filter] !== undefined);
  const leader = given.find(hasIndex);
  return { leader, others: given.filter((filter) => filter !== leader) };
}
