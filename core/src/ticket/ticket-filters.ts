import type { Sentiment, TicketPriority, TicketStatus, TicketType } from './ticket.ts';

/** The filters by value, most selective first. */
export const TICKET_FILTERS = ['reporterId', 'assignedToId', 'tag', 'sentiment', 'status', 'priority', 'type'] as const;
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

/** Each filter is met by any one of its values; a ticket is listed when it meets all filters. */
export type TicketFilters = { readonly [Filter in TicketFilter]?: readonly FilterValues[Filter][] } & {
  /** Changed at or after this instant, in UTC. */
  readonly updatedSince?: string;
};

/**
 * How a store lists tickets: it walks the index of `leader`, the most selective filter that has one, and checks the
 * `others` on the way. Without a leader it walks the index of all tickets.
 */
export function listPlan(
  filters: TicketFilters,
  hasIndex: (filter: TicketFilter) => boolean,
): { leader: TicketFilter | undefined; others: readonly TicketFilter[] } {
  const given = TICKET_FILTERS.filter((filter) => filters[filter] !== undefined);
  const leader = given.find(hasIndex);
  return { leader, others: given.filter((filter) => filter !== leader) };
}
