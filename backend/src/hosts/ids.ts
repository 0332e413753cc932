import { randomFillSync } from 'node:crypto';
import { formatId, type IdPrefix } from '@curlew/core/kernel';

const pool = new Uint8Array(4096);
let used = pool.length;
let lastMilliseconds = 0;

/** Milliseconds since 1970 that never go back, whatever happens to the machine's clock. */
export function steadyNow(): number {
  lastMilliseconds = Math.max(lastMilliseconds, Date.now());
  return lastMilliseconds;
}

/** A new id; see `formatId`. */
export function newId(prefix: IdPrefix): string {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const entropy = pool.subarray(used, used + 16).map((byte) => byte & 31);
  used += 16;
  return formatId(prefix, steadyNow(), entropy);
}
