import { requireValidTimer, type StoredTimer, type TimerStore } from '@curlew/core/kernel';
import type { Database } from './database.ts';

export interface SqliteTimerStore extends TimerStore {
  /** Timers whose reactions failed on every retry. */
  dead(limit: number): readonly StoredTimer[];
  /** Makes the dead timer with the id, or with `null` all dead timers, due at `now`. Resolves with their number. */
  replay(now: string, id: number | null): Promise<number>;
}

export function sqliteTimerStore(database: Database): SqliteTimerStore {
  const { prepare, write } = database;
  const replace = prepare(
    `INSERT OR REPLACE INTO timers (reaction, organization_id, key, at, due_at, attempts, error)
     VALUES (?1, ?2, ?3, ?4, ?4, 0, '')`,
  );
  const removeNamed = prepare('DELETE FROM timers WHERE reaction = ? AND organization_id = ? AND key = ?');
  const due = prepare('SELECT * FROM timers WHERE due_at <= ? ORDER BY due_at LIMIT ?');
  const next = prepare('SELECT due_at FROM timers WHERE due_at > ? ORDER BY due_at LIMIT 1');
  const remove = prepare('DELETE FROM timers WHERE id = ?');
  const update = prepare('UPDATE timers SET due_at = ?, attempts = ?, error = ? WHERE id = ?');
  const dead = prepare('SELECT * FROM timers WHERE due_at IS NULL ORDER BY id LIMIT ?');
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
      return due.all(now, limit).map(storedTimer);
    },

    async nextDueAt(now) {
      return next.get(now)?.due_at as string | undefined;
    },

    async settle(id) {
      await write(() => remove.run(id));
    },

    async park({ id, attempts, error }, retryAt) {
      await write(() => update.run(retryAt ?? null, attempts, error, id));
    },

    dead: (limit) => dead.all(limit).map(storedTimer),

    async replay(now, id) {
      return Number((await write(() => revive.run(now, id))).changes);
    },
  };
}

function storedTimer(row: Record<string, unknown>): StoredTimer {
  return {
    id: row.id as number,
    reaction: row.reaction as string,
    organizationId: row.organization_id as string,
    key: row.key as string,
    at: row.at as string,
    attempts: row.attempts as number,
    error: row.error as string,
  };
}
