import type { Deliveries, Delivery } from '@curlew/core/kernel';
import type { Database } from './database.ts';
import { placedEvent } from './placed-event.ts';

export function sqliteDeliveries(database: Database): Deliveries {
  const { prepare, write } = database;
  const insert = prepare(
    `INSERT INTO deliveries (owner, position, ordering_key, attempts, error, since, retry_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const upsert = prepare(
    `INSERT INTO deliveries (owner, position, ordering_key, attempts, error, since, retry_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (owner, position) DO UPDATE SET attempts = excluded.attempts, error = excluded.error,
       retry_at = excluded.retry_at`,
  );
  const remove = prepare('DELETE FROM deliveries WHERE owner = ? AND position = ?');
  const firstOfEachKey = prepare(
    `SELECT e.*, d.owner, d.ordering_key, d.attempts, d.error, d.since FROM (
       SELECT min(position) AS position FROM deliveries
       WHERE owner = ?1 AND retry_at IS NOT NULL GROUP BY ordering_key
     ) f
     JOIN deliveries d ON d.owner = ?1 AND d.position = f.position
     JOIN events e ON e.position = f.position
     WHERE d.retry_at <= ?2 LIMIT ?3`,
  );
  const keys = prepare('SELECT DISTINCT ordering_key FROM deliveries WHERE owner = ? AND retry_at IS NOT NULL');

  return {
    async add(delivery) {
      await write(() => insert.run(...columns(delivery), delivery.since));
    },

    async park(delivery, retryAt) {
      await write(() => upsert.run(...columns(delivery), retryAt));
    },

    async bury(delivery) {
      await write(() => upsert.run(...columns(delivery), null));
    },

    async settle(owner, position) {
      await write(() => remove.run(owner, position));
    },

    async due(owner, now, limit) {
      return firstOfEachKey.all(owner, now, limit).map(deliveryOf);
    },

    async waitingKeys(owner) {
      return new Set(keys.all(owner).map((row) => row.ordering_key as string));
    },
  };
}

/** Lists and replays dead letters for an operator, also while a server uses the same file. */
export function sqliteDeadLetters(database: Database) {
  const { prepare } = database;
  const dead = prepare(
    `SELECT e.*, d.owner, d.ordering_key, d.attempts, d.error, d.since
     FROM deliveries d JOIN events e ON e.position = d.position
     WHERE d.retry_at IS NULL ORDER BY d.position LIMIT ?`,
  );
  const revive = prepare(
    `UPDATE deliveries SET retry_at = ?1, since = ?1, attempts = 0
     WHERE retry_at IS NULL AND (?2 IS NULL OR position = ?2)`,
  );
  return {
    list(limit: number): readonly Delivery[] {
      return dead.all(limit).map(deliveryOf);
    },
    /** Makes the dead delivery at `position`, or with `null` all of them, due at `now`. Resolves with their number. */
    async replay(now: string, position: number | null): Promise<number> {
      return Number((await database.write(() => revive.run(now, position))).changes);
    },
  };
}

function columns({ owner, position, orderingKey, attempts, error, since }: Delivery) {
  return [owner, position, orderingKey, attempts, error, since] as const;
}

function deliveryOf(row: Record<string, unknown>): Delivery {
  return {
    ...placedEvent(row),
    owner: row.owner as string,
    orderingKey: row.ordering_key as string,
    attempts: row.attempts as number,
    error: row.error as string,
    since: row.since as string,
  };
}
