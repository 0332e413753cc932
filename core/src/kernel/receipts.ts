import type { Receipt } from './context.ts';

export const RECEIPT_KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/** When a receipt was made: one that had expired by then gives way to it, any other stands. */
export function receiptCreatedAt({ expiresAt }: Receipt): string {
  return new Date(Date.parse(expiresAt) - RECEIPT_KEPT_MILLISECONDS).toISOString();
}

/** Receipts of requests that carried an `Idempotency-Key`. Stores write them with the change; this reads them. */
export interface ReceiptStore {
  /** The receipt under this key that has not expired at `now` (ISO 8601). */
  find(key: string, now: string): Promise<Receipt | undefined>;
}
