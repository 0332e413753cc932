import { getItem, type Item, type Step } from './calls.ts';
import type { Dynamo } from './client.ts';

// An item with a set of ids. Its size is a count that cannot drift: adding or removing an id twice changes nothing.
// `counted` says that the set is complete; `idsRemoved` can create an item without it.

/** The ids in the set; undefined if no id was ever added. */
export async function idsOf(db: Dynamo, table: string, key: Item): Promise<readonly string[] | undefined> {
  const item = await getItem(db, table, key);
  if (item?.counted !== true) return undefined;
  return item.ids instanceof Set ? [...item.ids] : [];
}

/** Adds ids. Refused if the set has `most` ids already. */
export function idsAdded(
  table: string,
  key: Item,
  ids: readonly string[],
  most: number,
  refused: NonNullable<Step['refused']>,
): Step {
  return {
    write: {
      Update: {
        TableName: table,
        Key: { ...key },
        UpdateExpression: 'SET counted = :true ADD ids :ids',
        ConditionExpression: 'attribute_not_exists(ids) OR size(ids) < :most',
        ExpressionAttributeValues: { ':true': true, ':ids': new Set(ids), ':most': most },
      },
    },
    refused,
  };
}

export function idsRemoved(table: string, key: Item, id: string): Step {
  return {
    write: {
      Update: {
        TableName: table,
        Key: { ...key },
        UpdateExpression: 'DELETE ids :ids',
        ExpressionAttributeValues: { ':ids': new Set([id]) },
      },
    },
  };
}
