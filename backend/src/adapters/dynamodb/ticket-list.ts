import type { Page, PageKey } from '@curlew/core/kernel';
import {
  type ListPlan,
  listPlans,
  type TicketFilter,
  type TicketFilters,
  type TicketQuery,
  type TicketRow,
} from '@curlew/core/ticket';
import { type Dynamo, tableOf } from './client.ts';
import { isPossibleId } from './keys.ts';
import { ticketRow } from './ticket-items.ts';
import { type Filter, sortKeyOf, type Walk, type Walks, walkBestIndex } from './walk-index.ts';

interface ListIndex {
  readonly name: string;
  /** The attribute that holds the organization and the filter's value. */
  readonly partition: string;
}
type ListIndexes = { readonly all: ListIndex } & Readonly<Partial<Record<TicketFilter, ListIndex>>>;

export const BY_CREATION: ListIndexes = {
  all: { name: 'by-creation', partition: 'o' },
  reporterId: { name: 'by-reporter', partition: 'r' },
  assignedToId: { name: 'by-assignee', partition: 'a' },
  status: { name: 'by-status', partition: 's' },
  priority: { name: 'by-priority', partition: 'p' },
};
export const BY_UPDATE: ListIndexes = {
  all: { name: 'by-update', partition: 'o' },
  status: { name: 'by-status-update', partition: 's' },
};

/** A page of tickets from the index that finds least. Leaves out tickets that changed after `until`. */
export function listTickets(
  db: Dynamo,
  organizationId: string,
  query: TicketQuery,
  until?: string,
): Promise<Page<TicketRow>> {
  const { filters, sort } = query;
  const byUpdate = sort.endsWith('updatedAt');
  const descending = sort.startsWith('-');
  const indexes = byUpdate ? BY_UPDATE : BY_CREATION;
  const [first, ...others] = listPlans(filters, (one) => indexes[one] !== undefined);
  // Sort keys begin with an instant and `#`. The bare instant sorts before all keys with it, `instant$` after them.
  const since = byUpdate ? filters.updatedSince : undefined;

  function walkOf(plan: ListPlan, after: PageKey | undefined): Walk {
    const end = sortKeyOf(after);
    const above = descending ? since : (end ?? since);
    const below = descending ? end : until === undefined ? undefined : `${until}$`;
    const { name, partition } = (plan.leader && indexes[plan.leader]) ?? indexes.all;
    const filter = filterOn(filters, plan.others, byUpdate);
    return {
      table: tableOf(db, 'tickets'),
      index: name,
      partition,
      values: partitionsOf(organizationId, plan.leader && filters[plan.leader]),
      sort: byUpdate ? 'u' : 'id',
      descending,
      ...(above === undefined ? {} : { above }),
      ...(below === undefined ? {} : { below }),
      ...(filter === undefined ? {} : { filter }),
    };
  }

  const walks: Walks = (after) => [walkOf(first, after), ...others.map((plan) => walkOf(plan, after))];
  return walkBestIndex(db, walks, query, ticketRow);
}

function partitionsOf(organizationId: string, values: readonly string[] | undefined): string[] {
  if (values === undefined) return [organizationId];
  return [...new Set(values)].filter(isPossibleId).map((value) => `${organizationId}#${value}`);
}

/** The filter expression for the conditions that the index does not cover. */
function filterOn(filters: TicketFilters, others: readonly TicketFilter[], byUpdate: boolean): Filter | undefined {
  const conditions: string[] = [];
  const names: Record<string, string> = { '#listed': 'listed' };
  const values: Record<string, unknown> = {};
  const value = (given: unknown) => {
    const name = `:f${Object.keys(values).length}`;
    values[name] = given;
    return name;
  };
  for (const field of others) {
    const wanted = filters[field] ?? [];
    if (field === 'tag') {
      names['#tags'] = 'tags';
      conditions.push(`(${wanted.map((tag) => `contains(#listed.#tags, ${value(tag)})`).join(' OR ')})`);
    } else {
      names[`#${field}`] = field;
      conditions.push(`#listed.#${field} IN (${wanted.map(value).join(', ')})`);
    }
  }
  if (filters.updatedSince !== undefined && !byUpdate) {
    names['#u'] = 'u';
    conditions.push(`#u >= ${value(filters.updatedSince)}`);
  }
  if (conditions.length === 0) return undefined;
  if (!conditions.some((condition) => condition.includes('#listed'))) delete names['#listed'];
  return { expression: conditions.join(' AND '), names, values };
}
