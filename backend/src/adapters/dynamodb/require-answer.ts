import { getItem } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';

/** Resolves if DynamoDB answers; throws `unavailable` if it does not. */
export async function requireAnswer(db: Dynamo): Promise<void> {
  await getItem(db, tableOf(db, 'ephemeral'), { pk: 'READY', sk: 'A' });
}
