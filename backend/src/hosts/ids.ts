import { randomFillSync } from 'node:crypto';
import { formatId, type IdPrefix } from '@curlew/core/kernel';

const pool = new Uint8Array(4096);
let used = pool.length;
let lastMilliseconds = 0;

/** Lets the clock go on from an instant of an earlier run, in case the machine's clock was set back meanwhile. */
export function startClockAt(milliseconds: number): void {
  lastMilliseconds = Math.max(lastMilliseconds, milliseconds);
}

/** Milliseconds since 1970 that never go back, whatever happens to the machine's clock. */
export function steadyNow(): number {
  lastMilliseconds = Math.max(lastMilliseconds, Date.now());
  return lastMilliseconds;
}

let lastIso = '';
let isoMilliseconds = -1;

/** The same instant in ISO 8601. Many requests share a millisecond, so the text is kept. */
export function steadyIsoNow(): string {
  const milliseconds = steadyNow();
  if (milliseconds !== isoMilliseconds) {
    isoMilliseconds = milliseconds;
    lastIso = new Date(milliseconds).toISOString();
  }
  return lastIso;
}

/** A new id; see `formatId`. */
export function newId(prefix: IdPrefix): string {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    for (let i = 0; i < pool.length; i++) pool[i] = (pool[i] ?? 0) & 31;
    used = 0;
  }
  const entropy = pool.subarray(used, used + 16);
  used += 16;
  return formatId(prefix, steadyNow(), entropy);
}
