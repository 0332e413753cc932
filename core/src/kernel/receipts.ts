import type { Receipt } from './context.ts';

/** Receipts of requests that carried an `Idempotency-Key`. Stores write them with the change; this reads them. */
export interface ReceiptStore {
  /** The receipt under this key that has not expired at `now` (ISO 8601). */
  find(key: string, now: string): Promise<Receipt | undefined>;
}
