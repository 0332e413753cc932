const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * FNV-1a (Fowler, Noll, Vo; 32 bits) over UTF-16 units, with the final mix of MurmurHash3, so that the low bits are
 * spread too. Weights are stored by it: a change of it makes every stored model worthless.
 */
export function hash(text: string): number {
  return finishHash(extendHash(OFFSET, text));
}

/**
 * The state of the hash after some more text, or after a stretch of it; `finishHash` makes a hash of it. Features that
 * begin alike go on from one state, and no string is built for any of them.
 */
export function extendHash(state: number, text: string, begin = 0, end = text.length): number {
  let value = state;
  for (let index = begin; index < end; index++) value = Math.imul(value ^ text.charCodeAt(index), PRIME);
  return value;
}

/** The state after one more UTF-16 unit. */
export function extendHashByUnit(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME);
}

/** The state before anything was hashed. */
export const HASH_START = OFFSET;

export function finishHash(state: number): number {
  let value = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
