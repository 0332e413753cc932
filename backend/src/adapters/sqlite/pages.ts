import type { CreationSort, Page, PageKey, PageRequest } from '@curlew/core/kernel';
import { integer, type Reader, type Row } from './columns.ts';
import type { Database } from './database.ts';

type Value = string | number | null;

interface ListQuery<Item> {
  readonly reader: Reader<Item>;
  /** The table, with `INDEXED BY` if SQLite must use a certain index. */
  readonly from: string;
  /** The conditions. An index must cover them. */
  readonly where: string;
  readonly values: readonly Value[];
  /** The column with the row number; `row` by default. */
  readonly rowName?: string;
}

/** A page of rows in the order of their row numbers, which is the order of creation. */
export function creationPage<Item>(
  database: Database,
  { reader, from, where, values, rowName = 'row' }: ListQuery<Item>,
  page: PageRequest & { readonly sort: CreationSort },
): Page<Item> {
  const rowNumber = integer(rowName);
  const [comparison, direction] = page.sort === '-createdAt' ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = page.after === undefined ? '' : `AND ${rowName} ${comparison} ?`;
  const select = [...reader.select, ...rowNumber.select].join(', ');
  const sql = `SELECT ${select} FROM ${from} WHERE ${where} ${after} ORDER BY ${rowName} ${direction} LIMIT ?`;
  const rows = database.prepareSelect(sql).all(...values, ...(page.after ?? []), page.limit + 1);
  return pageOf(rows, page.limit, reader, (row) => [rowNumber.get(row, reader.select.length)]);
}

/** The first `limit` rows as a page. If there is one row more, there is a next page. */
export function pageOf<Item>(
  rows: readonly Row[],
  limit: number,
  reader: Reader<Item>,
  keyOf: (row: Row) => PageKey,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((row) => reader.get(row, 0));
  return rows.length > limit && last !== undefined ? { items, next: keyOf(last) } : { items };
}
