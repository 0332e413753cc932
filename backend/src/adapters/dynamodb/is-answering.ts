import { getItem } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';

/** Resolves when DynamoDB answers; throws `unavailable` when it does not. */
export async function isAnswering(db: Dynamo): Promise<void> {
  await getItem(db, tableOf(db, 'ephemeral'), { pk: 'READY', sk: 'A' });
}
