import type { ReceiptStore } from '@curlew/core/kernel';
import { RECEIPT } from './change-columns.ts';
import { selectSql } from './columns.ts';
import type { Database } from './database.ts';

// Small, because the removal shares the write queue with requests.
const REMOVED_AT_ONCE = 500;

export interface SqliteReceiptStore extends ReceiptStore {
  /** Removes one batch of receipts that have expired at `now`. Resolves with true if there may be more. */
  removeExpired(now: string): Promise<boolean>;
}

export function sqliteReceiptStore(database: Database): SqliteReceiptStore {
  const byKey = database.prepareSelect(`${selectSql('receipts', RECEIPT.select)} WHERE key = ? AND expires_at > ?`);
  const remove = database.prepare(
    'DELETE FROM receipts WHERE rowid IN (SELECT rowid FROM receipts WHERE expires_at <= ? LIMIT ?)',
  );
  return {
    async find(key, now) {
      const row = byKey.get(key, now);
      return row === undefined ? undefined : RECEIPT.get(row, 0);
    },

    async removeExpired(now) {
      const { changes } = await database.write(() => remove.run(now, REMOVED_AT_ONCE));
      return Number(changes) === REMOVED_AT_ONCE;
    },
  };
}
