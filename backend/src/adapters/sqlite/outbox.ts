import { type AnyEvent, type Outbox, type ParkedDelivery, type PlacedEvent, subjectKey } from '@curlew/core/kernel';
import type { Database } from './database.ts';

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
  const set = prepare(
    `INSERT INTO deliveries (subscription, position, subject_key, attempts, error, retry_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (subscription, position) DO UPDATE SET attempts = excluded.attempts, error = excluded.error,
       retry_at = excluded.retry_at`,
  );
  const add = prepare(
    `INSERT INTO deliveries (subscription, position, subject_key, attempts, error, retry_at) VALUES (?, ?, ?, 0, '', ?)
     ON CONFLICT DO NOTHING`,
  );
  const subjects = prepare(
    'SELECT DISTINCT subject_key FROM deliveries WHERE subscription = ? AND retry_at IS NOT NULL',
  );
  const firstOfEach = prepare(
    `SELECT e.*, d.attempts, d.error FROM (
       SELECT min(position) AS position FROM deliveries
       WHERE subscription = ?1 AND retry_at IS NOT NULL GROUP BY subject_key
     ) f
     JOIN deliveries d ON d.subscription = ?1 AND d.position = f.position
     JOIN events e ON e.position = f.position
     WHERE d.retry_at <= ?2 LIMIT ?3`,
  );
  const remove = prepare('DELETE FROM deliveries WHERE subscription = ? AND position = ?');

  return {
    async next(subscription, limit) {
      return after.all(subscription, limit).map(placed);
    },

    async pass(subscription, position) {
      await database.write(() => passTo.run(subscription, position));
    },

    async queue({ subscription, position, event }, since) {
      await database.write(() => add.run(subscription, position, subjectKey(event), since));
    },

    async park(delivery, retryAt) {
      await database.write(() => put(delivery, retryAt));
    },

    async parkedSubjects(subscription) {
      return new Set(subjects.all(subscription).map((row) => row.subject_key as string));
    },

    async due(subscription, now, limit) {
      return firstOfEach.all(subscription, now, limit).map((row) => ({
        ...placed(row),
        subscription,
        attempts: row.attempts as number,
        error: row.error as string,
      }));
    },

    async settle(subscription, position) {
      await database.write(() => remove.run(subscription, position));
    },

    async bury(delivery) {
      await database.write(() => put(delivery, null));
    },
  };

  function put({ subscription, position, event, attempts, error }: ParkedDelivery, retryAt: string | null): void {
    set.run(subscription, position, subjectKey(event), attempts, error, retryAt);
  }
}

export interface DeadLetter extends ParkedDelivery {}

/** What an operator does with dead letters, also while a server runs on the same file. */
export function sqliteDeadLetters(database: Database) {
  const { prepare } = database;
  const dead = prepare(
    `SELECT e.*, d.subscription, d.attempts, d.error FROM deliveries d JOIN events e ON e.position = d.position
     WHERE d.retry_at IS NULL ORDER BY d.position LIMIT ?`,
  );
  const revive = prepare(
    'UPDATE deliveries SET retry_at = ?, attempts = 0 WHERE retry_at IS NULL AND (?2 IS NULL OR position = ?2)',
  );
  return {
    list(limit: number): readonly DeadLetter[] {
      return dead.all(limit).map((row) => ({
        ...placed(row),
        subscription: row.subscription as string,
        attempts: row.attempts as number,
        error: row.error as string,
      }));
    },
    /** Has the delivery of the event at `position`, or of all, tried again from `now` on. Resolves with how many. */
    async replay(now: string, position: number | null): Promise<number> {
      return Number((await database.write(() => revive.run(now, position))).changes);
    },
  };
}

function placed(row: Record<string, unknown>): PlacedEvent {
  const event: AnyEvent = {
    id: row.id as string,
    type: row.type as string,
    organizationId: row.organization_id as string,
    subject: row.subject as string,
    sequence: row.sequence as number,
    time: row.time as string,
    actorId: row.actor_id as string,
    data: JSON.parse(row.data as string),
  };
  return { position: row.position as number, event };
}
