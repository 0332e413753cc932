const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * FNV-1a (Fowler, Noll, Vo; 32 bits) over UTF-16 units, with the final mix of MurmurHash3 to spread the low bits.
 * Stored models depend on this hash: a change of the hash makes every stored model useless.
 */
export function hash(text: string): number {
  return finishHash(extendHash(OFFSET, text));
}

/**
 * Adds a text, or a part of it, to the state of a hash; `finishHash` turns the state into a hash. Features with the
 * same beginning share its state, which avoids building a string for each feature.
 */
export function extendHash(state: number, text: string, begin = 0, end = text.length): number {
  let value = state;
  for (let index = begin; index < end; index++) value = Math.imul(value ^ text.charCodeAt(index), PRIME);
  return value;
}

/** Adds one UTF-16 unit to the state of a hash. */
export function extendHashByUnit(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME);
}

/** The initial state of a hash. */
export const HASH_START = OFFSET;

export function finishHash(state: number): number {
  let value = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
