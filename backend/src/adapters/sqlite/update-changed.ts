import type { SQLInputValue } from 'node:sqlite';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';

/**
 * Sets the columns `names` from their `stored` values to the `next` ones. Sets only what differs: SQLite rewrites every
 * index that has a column of the SET list, changed or not.
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
