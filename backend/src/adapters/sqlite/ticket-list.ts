import type { Page, PageKey } from '@curlew/core/kernel';
import { listPlan, type TicketFilter, type TicketQuery, type TicketRow } from '@curlew/core/ticket';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import { pageOf } from './pages.ts';
import { TICKET_ROW } from './ticket-columns.ts';

type Value = string | number;
type KeyColumn = 'row' | 'updated_at' | 'position';

// With further filters, one request reads at most this many tickets of an index: about 3 ms of work.
const WINDOW = 2000;

const LISTED: readonly string[] = [...TICKET_ROW.select, 'row', 'position'];

const COLUMN: Readonly<Record<TicketFilter, string>> = {
  reporterId: 'reporter_id',
  assignedToId: 'assigned_to_id',
  tag: 'tag',
  sentiment: 'sentiment',
  status: 'status',
  priority: 'priority',
  type: 'type',
};

// The indexes that sort by creation and by update. The statements name them, so that SQLite never sorts instead because
// of its statistics.
const BY_CREATION: ReadonlyMap<TicketFilter, string> = new Map([
  ['reporterId', 'tickets_by_reporter'],
  ['assignedToId', 'tickets_by_assignee'],
  // Tags are in the separate table `ticket_tags`.
  ['tag', ''],
  ['sentiment', 'tickets_by_sentiment'],
  ['status', 'tickets_by_status'],
  ['priority', 'tickets_by_priority'],
  ['type', 'tickets_by_type'],
]);
const BY_UPDATE: ReadonlyMap<TicketFilter, string> = new Map([
  ['reporterId', 'tickets_by_reporter_update'],
  ['assignedToId', 'tickets_by_assignee_update'],
  ['status', 'tickets_by_status_update'],
]);

/** A page of tickets, from the index of the most selective filter, in a bounded number of steps. */
export function listTickets(database: Database, organizationId: string, query: TicketQuery): Page<TicketRow> {
  const walk = walkFor(organizationId, query);
  const windowEnd = walk.otherConditions.sql === '' ? undefined : endOfWindow(database, walk);
  const rows = select(database, walk, windowEnd, query.limit + 1);
  const page = pageOf(rows, query.limit, TICKET_ROW, (row) => keyIn(row, walk.key, LISTED));
  return page.next === undefined && windowEnd !== undefined ? { ...page, next: windowEnd } : page;
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
  /** The sort columns, which are also the page key. */
  readonly key: readonly KeyColumn[];
  readonly descending: boolean;
  /** Whether the runs come from the index of tags, where a ticket can be in several runs. */
  readonly byTag: boolean;
}

function walkFor(organizationId: string, { filters, sort, after }: TicketQuery): Walk {
  const byUpdate = sort.endsWith('updatedAt');
  const key = byUpdate ? (['updated_at', 'position'] as const) : (['row'] as const);
  const descending = sort.startsWith('-');
  const indexes = byUpdate ? BY_UPDATE : BY_CREATION;
  const { leader, others } = listPlan(filters, (filter) => indexes.has(filter));

  const shared: Clause[] = [];
  const otherConditions: Clause[] = others.map((name) => anyOf(name, filters[name] ?? []));
  if (filters.updatedSince !== undefined) {
    const since = { sql: 't.updated_at >= ?', values: [filters.updatedSince] };
    (byUpdate ? shared : otherConditions).push(since);
  }
  // The index of tags contains deleted tickets too.
  (leader === 'tag' ? otherConditions : shared).push({ sql: 't.deleted_at IS NULL', values: [] });
  if (after !== undefined) shared.push(pastBound({ key, byTag: leader === 'tag' }, descending ? '<' : '>', after));

  const index = leader === undefined ? undefined : indexes.get(leader);
  const runs = (leader === undefined ? [undefined] : (filters[leader] ?? [])).map((value): Clause => {
    const conditions = [...runConditions(leader, organizationId, value), ...shared];
    return {
      sql: `${fromClause(leader, index, byUpdate)} WHERE ${joinWithAnd(conditions).sql}`,
      values: joinWithAnd(conditions).values,
    };
  });
  return { runs, otherConditions: joinWithAnd(otherConditions), key, descending, byTag: leader === 'tag' };
}

function fromClause(leader: TicketFilter | undefined, index: string | undefined, byUpdate: boolean): string {
  // CROSS JOIN prevents SQLite from reversing the order of the join.
  if (leader === 'tag') return 'FROM ticket_tags g CROSS JOIN tickets t ON t.row = g.ticket_row';
  return `FROM tickets t INDEXED BY ${index ?? (byUpdate ? 'tickets_by_update' : 'tickets_by_creation')}`;
}

function runConditions(leader: TicketFilter | undefined, organizationId: string, value: string | undefined): Clause[] {
  const table = leader === 'tag' ? 'g' : 't';
  const clauses: Clause[] = [{ sql: `${table}.organization_id = ?`, values: [organizationId] }];
  if (leader !== undefined) clauses.push({ sql: `${table}.${COLUMN[leader]} = ?`, values: [value ?? ''] });
  return clauses;
}

function pastBound({ key, byTag }: Pick<Walk, 'key' | 'byTag'>, comparison: string, bound: PageKey): Clause {
  const columns = key.map((column) => columnIn(column, byTag));
  return { sql: `(${columns.join(', ')}) ${comparison} (${bound.map(() => '?').join(', ')})`, values: bound };
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

/** The page key at which this request stops reading: the first end of a window among the runs. */
function endOfWindow(database: Database, walk: Walk): PageKey | undefined {
  const columns = walk.key.map((column) => `t.${column}`).join(', ');
  const ends = walk.runs.flatMap((run) => {
    const sql = `SELECT ${columns} ${run.sql} ${orderClause(walk)} LIMIT 1 OFFSET ${WINDOW - 1}`;
    const row = database.prepareSelect(sql).get(...run.values);
    return row === undefined ? [] : [keyIn(row, walk.key, walk.key)];
  });
  return ends.sort((a, b) => compare(a, b) * (walk.descending ? -1 : 1))[0];
}

function select(database: Database, walk: Walk, windowEnd: PageKey | undefined, limit: number) {
  const within = windowEnd === undefined ? [] : [pastBound(walk, walk.descending ? '>=' : '<=', windowEnd)];
  const further = joinWithAnd([...within, ...(walk.otherConditions.sql === '' ? [] : [walk.otherConditions])]);
  const parts = walk.runs.map((run) => ({
    sql: `SELECT ${LISTED.join(', ')} ${run.sql} ${further.sql === '' ? '' : `AND ${further.sql}`} ${orderClause(walk)} LIMIT ?`,
    values: [...run.values, ...further.values, limit],
  }));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return database.prepareSelect(only.sql).all(...only.values);
  const union = parts.map((part) => `SELECT * FROM (${part.sql})`).join(walk.byTag ? ' UNION ' : ' UNION ALL ');
  const values = [...parts.flatMap((part) => part.values), limit];
  return database.prepareSelect(`${union} ${orderClause(walk, true)} LIMIT ?`).all(...values);
}

/** The ORDER BY clause of a run or, with `merged`, of the union of all runs. */
function orderClause({ key, descending, byTag }: Walk, merged = false): string {
  const columns = key.map((column) => (merged ? column : columnIn(column, byTag)));
  return `ORDER BY ${columns.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ')}`;
}

/** A sort column in a run. For tags, SQLite uses the order of the index only if the column is the index's own. */
function columnIn(column: Walk['key'][number], byTag: boolean): string {
  return byTag ? 'g.ticket_row' : `t.${column}`;
}

/** The page key of a row with the columns `names`. */
function keyIn(row: Row, key: readonly KeyColumn[], names: readonly string[]): PageKey {
  return key.map((column) => row[names.indexOf(column)] as Value);
}

function compare(a: PageKey, b: PageKey): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] as Value;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
