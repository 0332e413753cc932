import type { CreationSort, Page, PageKey, PageRequest } from '@curlew/core/kernel';
import type { Database } from './database.ts';

type Row = Record<string, unknown>;
type Value = string | number | null;

/**
 * A page of rows in the order of their row numbers, that is, of their creation. `where` must be answered by an index;
 * `rowName` names the column with the row number.
 */
export function creationPage<Item>(
  database: Database,
  query: { select: string; where: string; values: readonly Value[]; rowName?: string },
  page: PageRequest & { readonly sort: CreationSort },
  toItem: (row: Row) => Item,
): Page<Item> {
  const name = query.rowName ?? 'row';
  const [comparison, direction] = page.sort === '-createdAt' ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = page.after === undefined ? '' : `AND ${name} ${comparison} ?`;
  const sql = `${query.select} WHERE ${query.where} ${after} ORDER BY ${name} ${direction} LIMIT ?`;
  const rows = database.prepare(sql).all(...query.values, ...(page.after ?? []), page.limit + 1);
  return pageOf(rows, page.limit, toItem, (row) => [row[name] as number]);
}

/** The first `limit` rows as a page; one row more than that tells that there is a next one. */
export function pageOf<Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => PageKey,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(toItem);
  return rows.length > limit && last !== undefined ? { items, next: keyOf(last) } : { items };
}
