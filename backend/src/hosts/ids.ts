import { randomFillSync } from 'node:crypto';
import { type Clock, formatId, type IdPrefix } from '@curlew/core/kernel';
import { wallClock } from './clocks.ts';

const ENTROPY_LENGTH = 16;

/** Makes ids that sort by the time of `clock`; see `formatId`. */
export function idGenerator(clock: Clock): (prefix: IdPrefix) => string {
  const pool = new Uint8Array(256 * ENTROPY_LENGTH);
  let used = pool.length;
  return (prefix) => {
    if (used === pool.length) {
      randomFillSync(pool);
      for (let i = 0; i < pool.length; i++) pool[i] = (pool[i] ?? 0) & 31;
      used = 0;
    }
    const entropy = pool.subarray(used, used + ENTROPY_LENGTH);
    used += ENTROPY_LENGTH;
    return formatId(prefix, clock.milliseconds(), entropy);
  };
}

/** Ids of requests that are refused before they reach the app. Nothing is sorted by them. */
export const newRequestId = (): string => newWallClockId('req');
const newWallClockId = idGenerator(wallClock);
