import type { Outbox } from '@curlew/core/kernel';
import { PLACED_EVENT } from './change-columns.ts';
import { selectSql, upsertSql } from './columns.ts';
import type { Database } from './database.ts';

export function sqliteOutbox(database: Database): Outbox {
  const eventsAfter = database.prepareSelect(
    `${selectSql('events', PLACED_EVENT.select)}
     WHERE position > max(?, coalesce((SELECT passed_position FROM subscriptions WHERE name = ?), 0))
     ORDER BY position LIMIT ?`,
  );
  const passTo = database.prepare(upsertSql('subscriptions', ['name', 'passed_position'], ['name']));
  return {
    async next(subscription, limit, after = 0) {
      return eventsAfter.all(after, subscription, limit).map((row) => PLACED_EVENT.get(row, 0));
    },

    async pass(subscription, position) {
      await database.write(() => passTo.run(subscription, position));
    },
  };
}
