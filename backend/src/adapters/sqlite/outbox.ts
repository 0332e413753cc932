import type { Outbox } from '@curlew/core/kernel';
import type { Database } from './database.ts';
import { placedEvent } from './placed-event.ts';

export function sqliteOutbox(database: Database): Outbox {
  const { prepare } = database;
  const after = prepare(
    `SELECT * FROM events
     WHERE position > coalesce((SELECT passed_position FROM subscriptions WHERE name = ?), 0)
     ORDER BY position LIMIT ?`,
  );
  const passTo = prepare(
    `INSERT INTO subscriptions (name, passed_position) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET passed_position = excluded.passed_position`,
  );
  return {
    async next(subscription, limit) {
      return after.all(subscription, limit).map(placedEvent);
    },

    async pass(subscription, position) {
      await database.write(() => passTo.run(subscription, position));
    },
  };
}
