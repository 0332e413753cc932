import type { SQLInputValue } from 'node:sqlite';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';

/**
 * Updates the columns `names` from the `stored` values to the `next` values. Sets only changed columns, because SQLite
 * rewrites every index that contains a column of the SET list, even an unchanged one.
 */
export function updateChanged(
  { prepare }: Database,
  {
    table,
    names,
    stored,
    next,
  }: { table: string; names: readonly string[]; stored: Row; next: readonly SQLInputValue[] },
  where: string,
  key: readonly SQLInputValue[],
): void {
  const changed = [...names.keys()].filter((i) => next[i] !== stored[i]);
  if (changed.length === 0) return;
  const setting = changed.map((i) => `${names[i]} = ?`).join(', ');
  prepare(`UPDATE ${table} SET ${setting} WHERE ${where}`).run(...changed.map((i) => next[i] ?? null), ...key);
}
