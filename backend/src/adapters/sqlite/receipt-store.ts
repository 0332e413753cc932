import type { Receipt, ReceiptStore } from '@curlew/core/kernel';
import type { Database } from './database.ts';

// Small, because removal shares the write queue with requests.
const REMOVED_AT_ONCE = 500;

export interface SqliteReceiptStore extends ReceiptStore {
  /** Removes receipts that have expired at `now`, a few at a time. Resolves with whether there may be more. */
  removeExpired(now: string): Promise<boolean>;
}

export function sqliteReceiptStore(database: Database): SqliteReceiptStore {
  const byKey = database.prepare('SELECT * FROM receipts WHERE key = ? AND expires_at > ?');
  const remove = database.prepare(
    'DELETE FROM receipts WHERE rowid IN (SELECT rowid FROM receipts WHERE expires_at <= ? LIMIT ?)',
  );
  return {
    async find(key, now) {
      const row = byKey.get(key, now);
      return row === undefined ? undefined : toReceipt(row);
    },

    async removeExpired(now) {
      const { changes } = await database.write(() => remove.run(now, REMOVED_AT_ONCE));
      return Number(changes) === REMOVED_AT_ONCE;
    },
  };
}

function toReceipt(row: Record<string, unknown>): Receipt {
  return {
    key: row.key as string,
    fingerprint: row.fingerprint as string,
    status: row.status as number,
    headers: JSON.parse(row.headers as string),
    body: row.body as string,
    expiresAt: row.expires_at as string,
  };
}
