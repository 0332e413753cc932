import type { ReceiptStore } from '@curlew/core/kernel';
import { getItem } from './calls.ts';
import { RECEIPT, receiptKey } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';

export function dynamoReceiptStore(db: Dynamo): ReceiptStore {
  return {
    async find(key, now) {
      const item = await getItem(db, tableOf(db, 'ephemeral'), receiptKey(key));
      // DynamoDB removes expired items within days, not at once.
      const receipt = item === undefined ? undefined : { key, ...RECEIPT.get(item) };
      return receipt === undefined || receipt.expiresAt <= now ? undefined : receipt;
    },
  };
}
