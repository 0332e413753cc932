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

export interface ListPlan {
  /** The filter whose index the store reads. Without a leader it reads the index of all tickets. */
  readonly leader: TicketFilter | undefined;
  /** The filters that the store checks for each ticket of the index. */
  readonly others: readonly TicketFilter[];
}

/**
 * The ways to list tickets: one for each filter with an index, or one without a leader. The filters that are usually
 * most selective come first.
 */
export function listPlans(
  filters: TicketFilters,
  hasIndex: (filter: TicketFilter) => boolean,
): readonly [ListPlan, ...ListPlan[]] {
  const given = TICKET_FILTERS.filter((filter) => filters[filter] !== undefined);
  const planOf = (leader: TicketFilter | undefined) => ({
    leader,
    others: given.filter((filter) => filter !== leader),
  });
  const [first, ...leaders] = given.filter(hasIndex);
  return [planOf(first), ...leaders.map(planOf)];
}
