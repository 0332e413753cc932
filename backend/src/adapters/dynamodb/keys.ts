import type { Item } from './calls.ts';

// Sort keys within the partition of one subject.
export const HEADER = 'A';
export const BODY = 'B';
export const MESSAGE = 'C#';
export const EVENT = 'E#';

/** The key of a record. `letter` is that of its kind: T ticket, D task, U user, Y API key,
 * O organization, N count. */
export function recordKey(letter: string, organizationId: string, id: string): Item {
  return { pk: partitionOf(letter, organizationId, id), sk: HEADER };
}

export function partitionOf(letter: string, organizationId: string, id: string): string {
  return `${letter}#${organizationId}#K#${id}`;
}

/** The key of an item that holds the place of something that may be there once. `kind`: N number, X external id, M mail. */
export function guardKey(letter: string, organizationId: string, kind: 'N' | 'X' | 'M', value: string | number): Item {
  return { pk: `${letter}#${organizationId}#${kind}#${value}`, sk: HEADER };
}

/** A counted place in a partition: its texts sort as its numbers do. */
export function placeKey(prefix: string, place: number): string {
  return `${prefix}${String(place).padStart(10, '0')}`;
}

const LONGEST_ID = 300;

/** Whether something can be the id of a record at all: DynamoDB refuses longer keys, and nothing has such an id. */
export function isPossibleId(id: string): boolean {
  return id.length <= LONGEST_ID;
}
