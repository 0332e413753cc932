import type { ReceiptStore } from '@curlew/core/kernel';
import { getItem } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';
import { receiptKey } from './saving.ts';

export function dynamoReceiptStore(db: Dynamo): ReceiptStore {
  return {
    async find(key, now) {
      const item = await getItem(db, tableOf(db, 'ephemeral'), receiptKey(key));
      // DynamoDB removes what has expired within days, not at once.
      if (item === undefined || (item.expiresAt as string) <= now) return undefined;
      return {
        key,
        fingerprint: item.fingerprint as string,
        status: item.status as number,
        headers: JSON.parse(item.headers as string),
        body: (item.body as string | undefined) ?? '',
        expiresAt: item.expiresAt as string,
      };
    },
  };
}
