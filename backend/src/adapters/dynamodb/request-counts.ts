import { hash } from 'node:crypto';
import { number } from './attributes.ts';
import { update } from './calls.ts';
import { type Dynamo, tableOf } from './client.ts';

/** Request counts that all functions share. Each time window has one item, which expires after the window. */
export function dynamoRequestCounts(db: Dynamo) {
  return {
    async add(name: string, windowEnd: number): Promise<number> {
      const { Attributes } = await update(db, {
        TableName: tableOf(db, 'ephemeral'),
        Key: { pk: `L#${hash('sha256', name)}`, sk: String(windowEnd) },
        UpdateExpression: 'ADD requests :one SET expires = :end',
        ExpressionAttributeValues: { ':one': 1, ':end': windowEnd },
        ReturnValues: 'UPDATED_NEW',
      });
      return number.get(Attributes?.requests);
    },
  };
}
