import type { Item } from './calls.ts';

// Sort keys within the partition of one subject.
export const HEADER = 'A';
export const BODY = 'B';
export const MESSAGE = 'C#';
export const EVENT = 'E#';

/** The key of a record. `letter` names its kind: T ticket, D task, U user, Y API key, O organization, N count. */
export function recordKey(letter: string, organizationId: string, id: string): Item {
  return { pk: partitionOf(letter, organizationId, id), sk: HEADER };
}

export function partitionOf(letter: string, organizationId: string, id: string): string {
  return `${letter}#${organizationId}#K#${id}`;
}

/**
 * The key of an item that reserves a unique value. `kind` names the value: N number, X external id, M mail address. C is
 * a set of ids that are counted.
 */
export function guardKey(
  letter: string,
  organizationId: string,
  kind: 'N' | 'X' | 'M' | 'C',
  value: string | number,
): Item {
  return { pk: `${letter}#${organizationId}#${kind}#${value}`, sk: HEADER };
}

/** A sort key from a number, padded so that the keys sort in the order of the numbers. */
export function placeKey(prefix: string, place: number): string {
  return `${prefix}${String(place).padStart(10, '0')}`;
}

const LONGEST_ID = 300;

/** False for an id that is longer than any stored id. Check it before a call: DynamoDB refuses keys that long. */
export function isPossibleId(id: string): boolean {
  return id.length <= LONGEST_ID;
}
