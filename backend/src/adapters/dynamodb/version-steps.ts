import type { Item, Step } from './calls.ts';

type Refused = NonNullable<Step['refused']>;

/** Replaces an item. Refused unless the record in its attribute `record` has the version `version`. */
export function replaceAtVersion(table: string, item: Item, record: string, version: number, refused: Refused): Step {
  return { write: { Put: { TableName: table, Item: { ...item }, ...atVersion(record, version) } }, refused };
}

/** Removes an item, with the same condition. */
export function removeAtVersion(table: string, item: Item, record: string, version: number, refused: Refused): Step {
  return { write: { Delete: { TableName: table, Key: keyOf(item), ...atVersion(record, version) } }, refused };
}

/** Checks the same condition without a change. */
export function checkVersion(table: string, item: Item, record: string, version: number, refused: Refused): Step {
  return { write: { ConditionCheck: { TableName: table, Key: keyOf(item), ...atVersion(record, version) } }, refused };
}

function keyOf({ pk, sk }: Item) {
  return { pk, sk };
}

function atVersion(record: string, version: number) {
  return {
    ConditionExpression: '#record.#version = :version',
    ExpressionAttributeNames: { '#record': record, '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}
