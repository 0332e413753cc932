import { setImmediate } from 'node:timers/promises';
import { listByBestIndex, type Page, type PageKey, type PageRequest } from '@curlew/core/kernel';
import {
  type ListPlan,
  listPlans,
  type TicketFilter,
  type TicketFilters,
  type TicketQuery,
  type TicketRow,
} from '@curlew/core/ticket';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import { pageOf } from './pages.ts';
import { TICKET_ROW } from './ticket-columns.ts';

type Value = string | number;

// With further filters, a request reads these numbers of tickets of an index: the second is about 3 ms of work.
const FIRST_READ = 250;
const MOST_READ = 2000;
// A request that has found nothing reads on for this long. Between reads, other requests have their turn.
const LOOK_ON_MILLISECONDS = 20;

const COLUMN: Readonly<Record<TicketFilter, string>> = {
  reporterId: 'reporter_id',
  assignedToId: 'assigned_to_id',
  tag: 'tag',
  sentiment: 'sentiment',
  status: 'status',
  priority: 'priority',
  type: 'type',
};

/** An order of lists. The statements name the indexes, so that SQLite never sorts instead because of its statistics. */
interface Order {
  /** The sort columns, which are also the page key. */
  readonly key: readonly string[];
  /** Their names in merged runs. */
  readonly aliases: readonly string[];
  /** The index of all tickets. */
  readonly all: string;
  readonly indexes: ReadonlyMap<TicketFilter, string>;
}

const BY_CREATION: Order = {
  key: ['row'],
  aliases: ['a'],
  all: 'tickets_by_creation',
  indexes: new Map([
    ['reporterId', 'tickets_by_reporter'],
    ['assignedToId', 'tickets_by_assignee'],
    // Tags are in the separate table `ticket_tags`.
    ['tag', ''],
    ['sentiment', 'tickets_by_sentiment'],
    ['status', 'tickets_by_status'],
    ['priority', 'tickets_by_priority'],
    ['type', 'tickets_by_type'],
  ]),
};
const BY_UPDATE: Order = {
  key: ['updated_at', 'position'],
  aliases: ['a', 'b'],
  all: 'tickets_by_update',
  indexes: new Map([
    ['reporterId', 'tickets_by_reporter_update'],
    ['assignedToId', 'tickets_by_assignee_update'],
    ['status', 'tickets_by_status_update'],
  ]),
};

const LISTED: readonly string[] = [...TICKET_ROW.select, 'row', 'position'];

/** A page of tickets, from the index that finds least, in a bounded number of steps. */
export function listTickets(database: Database, organizationId: string, query: TicketQuery): Promise<Page<TicketRow>> {
  const { filters, sort } = query;
  const order = sort.endsWith('updatedAt') ? BY_UPDATE : BY_CREATION;
  const descending = sort.startsWith('-');
  const indexes = listPlans(filters, (filter) => order.indexes.has(filter)).map((plan) => {
    const walk = walkOf(organizationId, filters, plan, { order, descending });
    return { read: async (page: PageRequest, mostRead: number) => readWalk(database, walk, page, mostRead) };
  });
  const started = performance.now();
  return listByBestIndex(indexes, query, {
    firstRead: FIRST_READ,
    mostRead: MOST_READ,
    descending,
    async mayLookOn() {
      await setImmediate();
      return performance.now() - started < LOOK_ON_MILLISECONDS;
    },
  });
}

interface Clause {
  readonly sql: string;
  readonly values: readonly Value[];
}

interface Walk {
  /** One run of the index for each value of the leading filter. Each run is in the requested order. */
  readonly runs: readonly Clause[];
  /** The conditions that the index does not cover. */
  readonly otherConditions: Clause;
  readonly order: Order;
  readonly descending: boolean;
  /** Whether the runs come from the index of tags, where a ticket can be in several runs. */
  readonly byTag: boolean;
}

function walkOf(
  organizationId: string,
  filters: TicketFilters,
  { leader, others }: ListPlan,
  direction: Pick<Walk, 'order' | 'descending'>,
): Walk {
  const { order } = direction;
  const shared: Clause[] = [];
  const otherConditions: Clause[] = others.map((name) => anyOf(name, filters[name] ?? []));
  if (filters.updatedSince !== undefined) {
    const since = { sql: 't.updated_at >= ?', values: [filters.updatedSince] };
    (order === BY_UPDATE ? shared : otherConditions).push(since);
  }
  // The index of tags contains deleted tickets too.
  (leader === 'tag' ? otherConditions : shared).push({ sql: 't.deleted_at IS NULL', values: [] });
  const runs = (leader === undefined ? [undefined] : (filters[leader] ?? [])).map((value): Clause => {
    const conditions = joinWithAnd([...runConditions(leader, organizationId, value), ...shared]);
    return { ...conditions, sql: `${fromClause(leader, order)} WHERE ${conditions.sql}` };
  });
  return { runs, otherConditions: joinWithAnd(otherConditions), byTag: leader === 'tag', ...direction };
}

function fromClause(leader: TicketFilter | undefined, { all, indexes }: Order): string {
  if (leader === 'tag') return 'FROM ticket_tags g';
  return `FROM tickets t INDEXED BY ${leader === undefined ? all : indexes.get(leader)}`;
}

function runConditions(leader: TicketFilter | undefined, organizationId: string, value: string | undefined): Clause[] {
  const table = leader === 'tag' ? 'g' : 't';
  const clauses: Clause[] = [{ sql: `${table}.organization_id = ?`, values: [organizationId] }];
  if (leader !== undefined) clauses.push({ sql: `${table}.${COLUMN[leader]} = ?`, values: [value ?? ''] });
  return clauses;
}

/** Passes the values as one JSON array, so that the statement's text does not depend on their number. */
function anyOf(name: TicketFilter, values: readonly string[]): Clause {
  const list = [JSON.stringify(values)];
  if (name !== 'tag') return { sql: `t.${COLUMN[name]} IN (SELECT value FROM json_each(?))`, values: list };
  return {
    sql: `EXISTS (SELECT 1 FROM ticket_tags x WHERE x.organization_id = t.organization_id
      AND x.tag IN (SELECT value FROM json_each(?)) AND x.ticket_row = t.row)`,
    values: list,
  };
}

function joinWithAnd(clauses: readonly Clause[]): Clause {
  return {
    sql: clauses.map((clause) => clause.sql).join(' AND '),
    values: clauses.flatMap((clause) => clause.values),
  };
}

/** The next tickets among the next `mostRead` entries of all runs together. */
function readWalk(database: Database, walk: Walk, { limit, after }: PageRequest, mostRead: number): Page<TicketRow> {
  const { otherConditions, order, descending } = walk;
  const merged = mergedRuns(walk, after);
  const isCovered = otherConditions.sql === '';
  // SQLite reads the merged runs in their order, and only as far as the page needs.
  const sql = `SELECT ${LISTED.join(', ')} FROM (${merged.sql} LIMIT ?) k CROSS JOIN tickets t ON t.row = k.r
    ${isCovered ? '' : `WHERE ${otherConditions.sql}`} ORDER BY ${orderBy(order.aliases, descending)} LIMIT ?`;
  const values = [...merged.values, isCovered ? limit + 1 : mostRead, ...otherConditions.values, limit + 1];
  const rows = database.prepareSelect(sql).all(...values);
  const page = pageOf(rows, limit, TICKET_ROW, (row) => keyIn(row, order.key, LISTED));
  if (isCovered || page.next !== undefined) return page;
  const end = database.prepareSelect(`${merged.sql} LIMIT 1 OFFSET ?`).get(...merged.values, mostRead - 1);
  return end === undefined ? page : { ...page, next: keyIn(end, order.aliases, ['r', ...order.aliases]) };
}

/** The row numbers and sort columns of all runs after a page key, merged in the requested order. */
function mergedRuns({ runs, order, descending, byTag }: Walk, after: PageKey | undefined): Clause {
  const [row, key] = byTag ? ['g.ticket_row', ['g.ticket_row']] : ['t.row', order.key.map((name) => `t.${name}`)];
  const columns = [`${row} AS r`, ...key.map((name, i) => `${name} AS ${order.aliases[i]}`)].join(', ');
  const bound = after && ` AND (${key.join(', ')}) ${descending ? '<' : '>'} (${key.map(() => '?').join(', ')})`;
  return {
    sql: `${runs.map((run) => `SELECT ${columns} ${run.sql}${bound ?? ''}`).join(byTag ? ' UNION ' : ' UNION ALL ')}
      ORDER BY ${orderBy(order.aliases, descending)}`,
    values: runs.flatMap(({ values }) => [...values, ...(after ?? [])]),
  };
}

function orderBy(names: readonly string[], descending: boolean): string {
  return names.map((name) => `${name} ${descending ? 'DESC' : 'ASC'}`).join(', ');
}

/** The page key of a row with the columns `names`. */
function keyIn(row: Row, key: readonly string[], names: readonly string[]): PageKey {
  return key.map((column) => row[names.indexOf(column)] as Value);
}
