import { requireValidTimer, type StoredTimer, type TimerStore } from '@curlew/core/kernel';
import { columnsOf, integer, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';

export const TIMER = columnsOf<StoredTimer>({
  id: integer('id'),
  reaction: text('reaction'),
  organizationId: text('organization_id'),
  key: text('key'),
  at: text('at'),
  attempts: integer('attempts'),
  error: text('error'),
});

const DUE_AT = text('due_at');

export interface SqliteTimerStore extends TimerStore {
  /** Timers whose reactions failed on every retry. */
  dead(limit: number): readonly StoredTimer[];
  /** Makes the dead timer with the id, or with `null` all dead timers, due at `now`. Resolves with their number. */
  replay(now: string, id: number | null): Promise<number>;
}

export function sqliteTimerStore(database: Database): SqliteTimerStore {
  const { prepare, prepareSelect, write } = database;
  const replace = prepare(
    `INSERT OR REPLACE INTO timers (reaction, organization_id, key, at, due_at, attempts, error)
     VALUES (?1, ?2, ?3, ?4, ?4, 0, '')`,
  );
  const removeNamed = prepare('DELETE FROM timers WHERE reaction = ? AND organization_id = ? AND key = ?');
  const due = prepareSelect(`${selectSql('timers', TIMER.select)} WHERE due_at <= ? ORDER BY due_at LIMIT ?`);
  const next = prepareSelect('SELECT due_at FROM timers WHERE due_at > ? ORDER BY due_at LIMIT 1');
  const remove = prepare('DELETE FROM timers WHERE id = ?');
  const update = prepare('UPDATE timers SET due_at = ?, attempts = ?, error = ? WHERE id = ?');
  const dead = prepareSelect(`${selectSql('timers', TIMER.select)} WHERE due_at IS NULL ORDER BY id LIMIT ?`);
  const revive = prepare(
    'UPDATE timers SET due_at = ?1, attempts = 0 WHERE due_at IS NULL AND (?2 IS NULL OR id = ?2)',
  );

  return {
    async set(name, at) {
      requireValidTimer({ ...name, at });
      await write(() => replace.run(name.reaction, name.organizationId, name.key, at));
    },

    async clear({ reaction, organizationId, key }) {
      await write(() => removeNamed.run(reaction, organizationId, key));
    },

    async due(now, limit) {
      return due.all(now, limit).map((row) => TIMER.get(row, 0));
    },

    async nextDueAt(now) {
      const row = next.get(now);
      return row === undefined ? undefined : DUE_AT.get(row, 0);
    },

    async settle(id) {
      await write(() => remove.run(id));
    },

    async park({ id, attempts, error }, retryAt) {
      await write(() => update.run(retryAt ?? null, attempts, error, id));
    },

    dead: (limit) => dead.all(limit).map((row) => TIMER.get(row, 0)),

    async replay(now, id) {
      return Number((await write(() => revive.run(now, id))).changes);
    },
  };
}
