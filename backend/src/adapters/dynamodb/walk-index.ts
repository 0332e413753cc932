import { listByBestIndex, type Page, type PageKey, type PageRequest } from '@curlew/core/kernel';
import { text } from './attributes.ts';
import { type Item, query } from './calls.ts';
import type { Dynamo } from './client.ts';

/** Describes a read of one index in sort key order, from one partition or merged from several. */
export interface Walk {
  readonly table: string;
  readonly index: string;
  /** The partition key's attribute. Each of `values` is one partition, read as one run. */
  readonly partition: string;
  readonly values: readonly string[];
  readonly sort: string;
  readonly descending: boolean;
  /** Exclusive bounds: the end of the page before, or the limits of the requested range. */
  readonly above?: string;
  readonly below?: string;
  readonly filter?: Filter;
}

export interface Filter {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Run {
  readonly value: string;
  /** The last sort key that was read; absent before the first page. */
  end?: string;
  exhausted: boolean;
  /** The items to read with the next request. */
  chunk: number;
}

const KEY = text<string>();

// With a filter, these numbers of items are read: the second is at most about 90 read units for ordinary tickets.
const FIRST_READ = 250;
const MOST_READ = 1000;
// A request that has found nothing reads on for this long. A function has ten seconds.
export const LOOK_ON_MILLISECONDS = 3000;

/** The walks of a list that continue after a page key, each over another index. */
export type Walks = (after: PageKey | undefined) => readonly [Walk, ...Walk[]];

/** A page of a list whose filters no index covers completely, read from the index that finds least. */
export function walkBestIndex<Row>(
  db: Dynamo,
  walks: Walks,
  page: PageRequest,
  toRow: (item: Item) => Row,
): Promise<Page<Row>> {
  const all = walks(page.after);
  const indexes = all.map((_, i) => ({
    async read({ limit, after }: PageRequest, mostRead: number): Promise<Page<Row>> {
      const walk = walks(after)[i];
      return walk === undefined ? { items: [] } : walkIndex(db, walk, limit, toRow, mostRead);
    },
  }));
  const started = performance.now();
  return listByBestIndex(indexes, page, {
    firstRead: FIRST_READ,
    mostRead: MOST_READ,
    descending: all[0].descending,
    mayLookOn: async () => performance.now() - started < LOOK_ON_MILLISECONDS && db.deadline?.()?.aborted !== true,
  });
}

/**
 * The next `limit` items. Reads about `mostRead` items, over all runs together: with a filter, a page can be short and
 * still have a `next`. The page key is the sort key of the last item; sort keys are unique within an index.
 */
export async function walkIndex<Row>(
  db: Dynamo,
  walk: Walk,
  limit: number,
  toRow: (item: Item) => Row,
  mostRead = MOST_READ,
): Promise<Page<Row>> {
  const { length } = walk.values;
  // Without a filter, the runs together have enough items for two pages, unless few runs have most items of this page.
  const wanted = walk.filter !== undefined ? mostRead : length === 1 ? limit + 1 : 2 * (limit + 1);
  const runs: Run[] = walk.values.map((value) => ({ value, exhausted: false, chunk: Math.ceil(wanted / length) }));
  const keyOf = (item: Item) => KEY.get(item[walk.sort]);
  const before = (a: string, b: string) => (walk.descending ? a > b : a < b);
  const found: Item[] = [];
  let scanned = 0;
  let unread = runs;
  for (;;) {
    const pages = await Promise.all(unread.map((run) => readRun(db, walk, run)));
    found.push(...pages.flatMap(({ items }) => items));
    scanned += pages.reduce((sum, page) => sum + page.scanned, 0);
    // Items after this key are not certain yet: a run that is not read that far may have items before them.
    const bound = runs.reduce<string | undefined>(
      (nearest, { end, exhausted }) =>
        exhausted || end === undefined || (nearest !== undefined && before(nearest, end)) ? nearest : end,
      undefined,
    );
    const certain = latestOfEach(found)
      .filter((item) => bound === undefined || !before(bound, keyOf(item)))
      .sort((a, b) => (before(keyOf(a), keyOf(b)) ? -1 : 1));
    const items = certain.slice(0, limit);
    const last = items.at(-1);
    if (certain.length > limit && last !== undefined) return { items: items.map(toRow), next: [keyOf(last)] };
    if (bound === undefined) return { items: items.map(toRow) };
    // DynamoDB ends a page at one megabyte, which is also a reasonable limit for one response.
    if (scanned >= mostRead || pages.some(({ full }) => full)) return { items: items.map(toRow), next: [bound] };
    unread = runs.filter(({ end, exhausted }) => !exhausted && end === bound);
    for (const run of unread) run.chunk *= 2;
  }
}

/** The sort key at the end of the page before, which `walkIndex` made. */
export function sortKeyOf(after: PageKey | undefined): string | undefined {
  return after === undefined ? undefined : KEY.get(after[0]);
}

/** The direction of a walk and the bound that continues it after the page before. */
export function continueAfter(
  after: PageKey | undefined,
  descending: boolean,
): Pick<Walk, 'descending' | 'above' | 'below'> {
  const end = sortKeyOf(after);
  return end === undefined ? { descending } : { descending, [descending ? 'below' : 'above']: end };
}

async function readRun(db: Dynamo, walk: Walk, run: Run) {
  const above = walk.descending ? walk.above : (run.end ?? walk.above);
  const below = walk.descending ? (run.end ?? walk.below) : walk.below;
  if (above !== undefined && below !== undefined && above >= below) {
    run.exhausted = true;
    return { items: [], scanned: 0, full: false };
  }
  const range = rangeOf(above, below);
  const answer = await query(db, {
    TableName: walk.table,
    IndexName: walk.index,
    KeyConditionExpression: `#partition = :partition${range.expression}`,
    ...(walk.filter === undefined ? {} : { FilterExpression: walk.filter.expression }),
    ExpressionAttributeNames: {
      '#partition': walk.partition,
      ...(range.expression === '' ? {} : { '#sort': walk.sort }),
      ...walk.filter?.names,
    },
    ExpressionAttributeValues: { ':partition': run.value, ...range.values, ...walk.filter?.values },
    ScanIndexForward: !walk.descending,
    Limit: run.chunk,
  });
  const last = answer.LastEvaluatedKey;
  if (last === undefined) run.exhausted = true;
  else run.end = KEY.get(last[walk.sort]);
  const scanned = answer.ScannedCount ?? 0;
  return {
    items: (answer.Items ?? []).filter((item) => isInside(KEY.get(item[walk.sort]), above, below)),
    scanned,
    full: last !== undefined && scanned < run.chunk,
  };
}

/** Removes duplicates: an item that moves between runs during the reads is found in both. The latest version stays. */
function latestOfEach(items: readonly Item[]): Item[] {
  const byKey = new Map<unknown, Item>();
  for (const item of items) {
    const known = byKey.get(item.pk);
    if (known === undefined || KEY.get(known.u) < KEY.get(item.u)) byKey.set(item.pk, item);
  }
  return [...byKey.values()];
}

/** The key condition. BETWEEN, the only condition with two bounds, includes both; `isInside` filters them out. */
function rangeOf(above: string | undefined, below: string | undefined) {
  if (above !== undefined && below !== undefined) {
    return { expression: ' AND #sort BETWEEN :above AND :below', values: { ':above': above, ':below': below } };
  }
  if (above !== undefined) return { expression: ' AND #sort > :above', values: { ':above': above } };
  if (below !== undefined) return { expression: ' AND #sort < :below', values: { ':below': below } };
  return { expression: '', values: {} };
}

function isInside(key: string, above: string | undefined, below: string | undefined): boolean {
  return (above === undefined || key > above) && (below === undefined || key < below);
}
