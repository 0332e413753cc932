import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndexReader, listByBestIndex, type PageKey, type PageRequest } from './index.ts';

interface Entry {
  readonly key: number;
  readonly matches: boolean;
}

/** An index of entries, and the number of entries that were read from it. */
function indexOf(
  entries: readonly Entry[],
): IndexReader<number> & { read: IndexReader<number>['read']; spent: number } {
  const index = {
    spent: 0,
    async read({ limit, after }: PageRequest, mostRead: number) {
      const rest = entries.filter(({ key }) => after === undefined || key > Number(after[0]));
      const items: number[] = [];
      for (const [i, { key, matches }] of rest.entries()) {
        if (items.length === limit) return { items, next: [items.at(-1) ?? 0] };
        if (i === mostRead) return { items, next: [rest[i - 1]?.key ?? 0] };
        index.spent++;
        if (matches) items.push(key);
      }
      return { items };
    },
  };
  return index;
}

const limits = { firstRead: 5, mostRead: 20, descending: false, mayLookOn: async () => true };
const many = (count: number, matches: (key: number) => boolean) =>
  Array.from({ length: count }, (_, key) => ({ key, matches: matches(key) }));

describe('listByBestIndex', () => {
  it('reads the first index if it fills the page', async () => {
    const [first, other] = [indexOf(many(100, () => true)), indexOf([])];
    expect(await listByBestIndex([first, other], { limit: 3 }, limits)).toEqual({ items: [0, 1, 2], next: [2] });
    expect(other.spent).toBe(0);
  });

  it('reads the index that gets furthest, and does not compare again on the next page', async () => {
    const rare = (key: number) => key % 100 === 99;
    const [first, best] = [indexOf(many(1000, rare)), indexOf(many(1000, rare).filter(({ matches }) => matches))];
    const page = await listByBestIndex([first, best], { limit: 8 }, limits);
    expect(page.items).toEqual([99, 199, 299, 399, 499, 599, 699, 799]);
    expect(first.spent).toBe(5);
    const rest = await listByBestIndex([first, best], { limit: 8, after: page.next as PageKey }, limits);
    expect(rest).toEqual({ items: [899, 999] });
    expect(first.spent).toBe(5);
  });

  it('goes on as long as nothing is found and time is left', async () => {
    let turns = 0;
    const mayLookOn = async () => ++turns < 3;
    const index = indexOf(many(1000, (key) => key === 999));
    const page = await listByBestIndex([index], { limit: 8 }, { ...limits, mayLookOn });
    expect([page, index.spent]).toEqual([{ items: [], next: [64] }, 65]);
    expect(await listByBestIndex([index], { limit: 8, after: [64] }, limits)).toEqual({ items: [999] });
  });

  it('finds every item once, in order, whatever the indexes contain', async () => {
    const keys = fc.uniqueArray(fc.nat(500), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(keys, keys, keys, fc.integer({ min: 1, max: 9 }), async (found, left, right, limit) => {
        const index = (others: readonly number[]) => {
          const own = [...new Set([...found, ...others])].sort((a, b) => a - b);
          return indexOf(own.map((key) => ({ key, matches: found.includes(key) })));
        };
        const indexes = [index(left), index(right)];
        const seen: number[] = [];
        let after: PageKey | undefined;
        do {
          const page = await listByBestIndex(indexes, { limit, ...(after && { after }) }, limits);
          seen.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        expect(seen).toEqual(found.toSorted((a, b) => a - b));
      }),
    );
  });
});
