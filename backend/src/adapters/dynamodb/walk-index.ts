import type { Page } from '@curlew/core/kernel';
import { type Item, query } from './calls.ts';
import type { Dynamo } from './client.ts';

/** A walk along one index, through one partition or several at once, in the order of the sort key. */
export interface Walk {
  readonly table: string;
  readonly index: string;
  /** The attribute and its values: one run through the index for each. */
  readonly partition: string;
  readonly values: readonly string[];
  readonly sort: string;
  readonly descending: boolean;
  /** Both exclusive: where the page before ended, or where what is asked for begins and ends. */
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
  /** The sort key up to which the run was read; absent before the first page. */
  end?: string;
  exhausted: boolean;
}

// How many items one request looks at when a filter thins them out: at most about 90 read units for ordinary tickets.
const WINDOW = 1000;
const CHUNK = 250;

/**
 * The next `limit` items. Looks at a bounded number: with a filter, a page may be short and still have a `next`.
 * The key of a page is the sort key of its last item, which no two items of an index share.
 */
export async function walkIndex<Row>(
  db: Dynamo,
  walk: Walk,
  limit: number,
  toRow: (item: Item) => Row,
): Promise<Page<Row>> {
  const runs: Run[] = walk.values.map((value) => ({ value, exhausted: false }));
  const chunk = walk.filter === undefined ? limit + 1 : Math.max(limit + 1, Math.ceil(CHUNK / runs.length));
  const keyOf = (item: Item) => item[walk.sort] as string;
  const before = (a: string, b: string) => (walk.descending ? a > b : a < b);
  const found: Item[] = [];
  let looked = 0;
  let behind = runs;
  for (;;) {
    const pages = await Promise.all(behind.map((run) => readOn(db, walk, run, chunk)));
    found.push(...pages.flatMap(({ items }) => items));
    looked += pages.reduce((sum, page) => sum + page.looked, 0);
    // Nothing beyond this is certain yet: a run that was not read so far may have items before it.
    const bound = runs.reduce<string | undefined>(
      (nearest, { end, exhausted }) =>
        exhausted || (nearest !== undefined && before(nearest, end as string)) ? nearest : end,
      undefined,
    );
    const certain = latestOfEach(found)
      .filter((item) => bound === undefined || !before(bound, keyOf(item)))
      .sort((a, b) => (before(keyOf(a), keyOf(b)) ? -1 : 1));
    const items = certain.slice(0, limit);
    const last = items.at(-1);
    if (certain.length > limit && last !== undefined) return { items: items.map(toRow), next: [keyOf(last)] };
    if (bound === undefined) return { items: items.map(toRow) };
    // DynamoDB ends a page at a megabyte, which is as much as one answer should hold.
    if (looked >= WINDOW || pages.some(({ full }) => full)) return { items: items.map(toRow), next: [bound] };
    behind = runs.filter(({ end, exhausted }) => !exhausted && end === bound);
  }
}

async function readOn(db: Dynamo, walk: Walk, run: Run, chunk: number) {
  const above = walk.descending ? walk.above : (run.end ?? walk.above);
  const below = walk.descending ? (run.end ?? walk.below) : walk.below;
  if (above !== undefined && below !== undefined && above >= below) {
    run.exhausted = true;
    return { items: [], looked: 0, full: false };
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
    Limit: chunk,
  });
  const last = answer.LastEvaluatedKey?.[walk.sort] as string | undefined;
  if (last === undefined) run.exhausted = true;
  else run.end = last;
  const looked = answer.ScannedCount ?? 0;
  return {
    items: (answer.Items ?? []).filter((item) => isInside(item[walk.sort], above, below)),
    looked,
    full: last !== undefined && looked < chunk,
  };
}

/** An item that moved from one run to another between two reads is found in both, and as it was in one of them. */
function latestOfEach(items: readonly Item[]): Item[] {
  const byKey = new Map<unknown, Item>();
  for (const item of items) {
    const known = byKey.get(item.pk);
    if (known === undefined || (known.u as string) < (item.u as string)) byKey.set(item.pk, item);
  }
  return [...byKey.values()];
}

/** BETWEEN, the only condition with two ends, includes both; `isInside` leaves them out again. */
function rangeOf(above: string | undefined, below: string | undefined) {
  if (above !== undefined && below !== undefined) {
    return { expression: ' AND #sort BETWEEN :above AND :below', values: { ':above': above, ':below': below } };
  }
  if (above !== undefined) return { expression: ' AND #sort > :above', values: { ':above': above } };
  if (below !== undefined) return { expression: ' AND #sort < :below', values: { ':below': below } };
  return { expression: '', values: {} };
}

function isInside(key: unknown, above: string | undefined, below: string | undefined): boolean {
  return (above === undefined || (key as string) > above) && (below === undefined || (key as string) < below);
}
