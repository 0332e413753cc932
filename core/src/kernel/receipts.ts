import type { Receipt } from './context.ts';

export const RECEIPT_KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * The time at which a receipt was made. It may replace an earlier receipt that had expired at this time, but no other.
 */
export function receiptCreatedAt({ expiresAt }: Receipt): string {
  return new Date(Date.parse(expiresAt) - RECEIPT_KEPT_MILLISECONDS).toISOString();
}

/**
 * Reads the receipts of requests with an `Idempotency-Key`. The other stores write them, together with their changes.
 */
export interface ReceiptStore {
  /** The receipt under this key, unless it has expired at `now` (ISO 8601). */
  find(key: string, now: string): Promise<Receipt | undefined>;
}
