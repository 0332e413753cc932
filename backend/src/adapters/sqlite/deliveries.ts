import type { Deliveries, Delivery } from '@curlew/core/kernel';
import { EVENT } from './change-columns.ts';
import { type Columns, columnsOf, insertSql, integer, readerOf, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';

const ORDERING_KEY = text('ordering_key');

const COLUMNS: Columns<Omit<Delivery, 'event'>> = {
  owner: text('owner'),
  position: integer('position'),
  orderingKey: ORDERING_KEY,
  attempts: integer('attempts'),
  error: text('error'),
  since: text('since'),
};

export const DELIVERY = columnsOf<Omit<Delivery, 'event'>>(COLUMNS);

/** A row of `deliveries d` joined with `events e`. Both tables have a column `position`. */
const WITH_EVENT = readerOf<Delivery>({ ...COLUMNS, position: integer('d.position'), event: EVENT });

const INSERT = insertSql('deliveries', [...DELIVERY.select, 'retry_at']);

export function sqliteDeliveries(database: Database): Deliveries {
  const { prepare, prepareSelect, write } = database;
  const insert = prepare(`${INSERT} ON CONFLICT DO NOTHING`);
  const upsert = prepare(
    `${INSERT}
     ON CONFLICT (owner, position) DO UPDATE SET attempts = excluded.attempts, error = excluded.error,
       retry_at = excluded.retry_at`,
  );
  const remove = prepare('DELETE FROM deliveries WHERE owner = ? AND position = ?');
  const firstOfEachKey = prepareSelect(
    `SELECT ${WITH_EVENT.select.join(', ')} FROM (
       SELECT min(position) AS position FROM deliveries
       WHERE owner = ?1 AND retry_at IS NOT NULL GROUP BY ordering_key
     ) f
     JOIN deliveries d ON d.owner = ?1 AND d.position = f.position
     JOIN events e ON e.position = f.position
     WHERE d.retry_at <= ?2 LIMIT ?3`,
  );
  const keys = prepareSelect('SELECT DISTINCT ordering_key FROM deliveries WHERE owner = ? AND retry_at IS NOT NULL');

  return {
    async add(delivery) {
      await write(() => insert.run(...DELIVERY.put(delivery), delivery.since));
    },

    async park(delivery, retryAt) {
      await write(() => upsert.run(...DELIVERY.put(delivery), retryAt));
    },

    async bury(delivery) {
      await write(() => upsert.run(...DELIVERY.put(delivery), null));
    },

    async settle(owner, position) {
      await write(() => remove.run(owner, position));
    },

    async due(owner, now, limit) {
      return firstOfEachKey.all(owner, now, limit).map((row) => WITH_EVENT.get(row, 0));
    },

    async waitingKeys(owner) {
      return new Set(keys.all(owner).map((row) => ORDERING_KEY.get(row, 0)));
    },
  };
}

/** Lists and replays dead letters for an operator, also while a server uses the same file. */
export function sqliteDeadLetters(database: Database) {
  const { prepare, prepareSelect } = database;
  const dead = prepareSelect(
    `${selectSql('deliveries', WITH_EVENT.select)} d JOIN events e ON e.position = d.position
     WHERE d.retry_at IS NULL ORDER BY d.position LIMIT ?`,
  );
  const revive = prepare(
    `UPDATE deliveries SET retry_at = ?1, since = ?1, attempts = 0
     WHERE retry_at IS NULL AND (?2 IS NULL OR position = ?2)`,
  );
  return {
    list(limit: number): readonly Delivery[] {
      return dead.all(limit).map((row) => WITH_EVENT.get(row, 0));
    },
    /** Makes the dead delivery at `position`, or with `null` all of them, due at `now`. Resolves with their number. */
    async replay(now: string, position: number | null): Promise<number> {
      return Number((await database.write(() => revive.run(now, position))).changes);
    },
  };
}
