import type { Page, PageKey, PageRequest } from './pages.ts';

/** One way to read a list. All ways find the same items in the same order, but read different numbers of others. */
export interface IndexReader<Item> {
  /** The next items among the next `mostRead` entries of the index. */
  read(page: PageRequest, mostRead: number): Promise<Page<Item>>;
}

interface Limits {
  /** The entries to read before the indexes are compared. */
  readonly firstRead: number;
  /** The entries to read from the best index. */
  readonly mostRead: number;
  readonly descending: boolean;
  /** Whether a request that has found nothing may read `mostRead` entries more. */
  mayLookOn(): Promise<boolean>;
}

// The last part of a page key is this mark and the number of the best index, if the indexes have been compared.
const BEST = 'index ';

/**
 * Reads a page by the first index. If its first entries do not fill the page, compares the indexes: the best one gets
 * furthest with the same number of entries. Reads `mostRead` entries of it, and as long as nothing is found, more.
 */
export async function listByBestIndex<Item>(
  indexes: readonly IndexReader<Item>[],
  { limit, after: key }: PageRequest,
  { firstRead, mostRead, descending, mayLookOn }: Limits,
): Promise<Page<Item>> {
  const { after, known } = splitKey(key);
  const isDone = ({ items, next }: Page<Item>) => next === undefined || items.length >= limit;
  const start = { limit, ...(after === undefined ? {} : { after }) };
  const first = indexes[known ?? 0] ?? indexes[0];
  if (first === undefined) return { items: [] };
  let best = { index: first, page: await first.read(start, firstRead) };
  let compared = known !== undefined;
  if (!compared && !isDone(best.page) && indexes.length > 1) {
    const others = indexes.slice(1).map(async (index) => ({ index, page: await index.read(start, firstRead) }));
    for (const other of await Promise.all(others)) {
      if (isFurther(other.page.next, best.page.next, descending)) best = other;
    }
    compared = true;
  }
  let { page } = best;
  for (let reads = 1; !isDone(page) && (reads === 1 || (page.items.length === 0 && (await mayLookOn()))); reads++) {
    const rest = { limit: limit - page.items.length, after: page.next as PageKey };
    const { items, next } = await best.index.read(rest, mostRead);
    page = { items: [...page.items, ...items], ...(next === undefined ? {} : { next }) };
  }
  if (!compared || page.next === undefined) return page;
  return { items: page.items, next: [...page.next, `${BEST}${indexes.indexOf(best.index)}`] };
}

function splitKey(key: PageKey | undefined): { after?: PageKey; known?: number } {
  const last = key?.at(-1);
  if (key === undefined || typeof last !== 'string' || !last.startsWith(BEST)) return key ? { after: key } : {};
  return { after: key.slice(0, -1), known: Number(last.slice(BEST.length)) };
}

/** Whether a page that ends at `a` ends after `b`. A page without a next page is at the end of the list. */
function isFurther(a: PageKey | undefined, b: PageKey | undefined, descending: boolean): boolean {
  if (a === undefined || b === undefined) return b !== undefined;
  const differs = a.findIndex((part, i) => part !== b[i]);
  return differs >= 0 && (a[differs] as string) > (b[differs] as string) !== descending;
}
