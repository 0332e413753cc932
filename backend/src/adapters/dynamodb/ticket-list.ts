import type { Page } from '@curlew/core/kernel';
import type { TicketFilters, TicketQuery, TicketRow } from '@curlew/core/ticket';
import { type Dynamo, tableOf } from './client.ts';
import { isPossibleId } from './keys.ts';
import { ticketRow } from './ticket-items.ts';
import { type Filter, type Walk, walkIndex } from './walk-index.ts';

type Leader = 'reporterId' | 'assignedToId' | 'status' | 'priority';

// The indexes that a filter may lead, most selective first; the other filters thin out what the index yields.
const LEADERS: readonly { filter: Leader; partition: string; byCreation: string; byUpdate?: string }[] = [
  { filter: 'reporterId', partition: 'r', byCreation: 'by-reporter' },
  { filter: 'assignedToId', partition: 'a', byCreation: 'by-assignee' },
  { filter: 'status', partition: 's', byCreation: 'by-status', byUpdate: 'by-status-update' },
  { filter: 'priority', partition: 'p', byCreation: 'by-priority' },
];

const THINNERS = ['reporterId', 'assignedToId', 'status', 'priority', 'type', 'sentiment'] as const;

/** A page of tickets from the index of the most selective filter. `until` leaves out what changed after that instant. */
export function listTickets(
  db: Dynamo,
  organizationId: string,
  query: TicketQuery,
  until?: string,
): Promise<Page<TicketRow>> {
  const { filters, sort, after } = query;
  const byUpdate = sort.endsWith('updatedAt');
  const descending = sort.startsWith('-');
  const leader = LEADERS.find((one) => filters[one.filter] !== undefined && (!byUpdate || one.byUpdate !== undefined));
  const filter = thinning(filters, leader?.filter, byUpdate);
  const end = after?.[0] as string | undefined;
  // An instant sorts before, and with a dollar sign after, all keys that begin with it.
  const since = byUpdate ? filters.updatedSince : undefined;
  const above = descending ? since : (end ?? since);
  const below = descending ? end : until === undefined ? undefined : `${until}$`;
  const walk: Walk = {
    table: tableOf(db, 'tickets'),
    index: indexFor(leader, byUpdate),
    partition: leader?.partition ?? 'o',
    values:
      leader === undefined
        ? [organizationId]
        : [...new Set(filters[leader.filter])].filter(isPossibleId).map((value) => `${organizationId}#${value}`),
    sort: byUpdate ? 'u' : 'id',
    descending,
    ...(above === undefined ? {} : { above }),
    ...(below === undefined ? {} : { below }),
    ...(filter === undefined ? {} : { filter }),
  };
  return walkIndex(db, walk, query.limit, ticketRow);
}

function indexFor(leader: (typeof LEADERS)[number] | undefined, byUpdate: boolean): string {
  if (leader === undefined) return byUpdate ? 'by-update' : 'by-creation';
  return byUpdate ? (leader.byUpdate as string) : leader.byCreation;
}

/** What the index does not answer by itself. */
function thinning(filters: TicketFilters, leader: Leader | undefined, byUpdate: boolean): Filter | undefined {
  const conditions: string[] = [];
  const names: Record<string, string> = { '#listed': 'listed' };
  const values: Record<string, unknown> = {};
  const value = (given: unknown) => {
    const name = `:f${Object.keys(values).length}`;
    values[name] = given;
    return name;
  };
  for (const field of THINNERS) {
    const wanted = filters[field];
    if (wanted === undefined || field === leader) continue;
    names[`#${field}`] = field;
    conditions.push(`#listed.#${field} IN (${wanted.map(value).join(', ')})`);
  }
  if (filters.tag !== undefined) {
    names['#tags'] = 'tags';
    conditions.push(`(${filters.tag.map((tag) => `contains(#listed.#tags, ${value(tag)})`).join(' OR ')})`);
  }
  if (filters.updatedSince !== undefined && !byUpdate) {
    names['#u'] = 'u';
    conditions.push(`#u >= ${value(filters.updatedSince)}`);
  }
  if (conditions.length === 0) return undefined;
  if (!conditions.some((condition) => condition.includes('#listed'))) delete names['#listed'];
  return { expression: conditions.join(' AND '), names, values };
}
