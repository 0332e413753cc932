import { randomFillSync } from 'node:crypto';
import { type Clock, formatId, type IdPrefix } from '@curlew/core/kernel';
import { wallClock } from './clocks.ts';

const ENTROPY_LENGTH = 16;

/**
 * Makes ids that sort in the order in which they were made: by the time of `clock`, and within a millisecond by an
 * entropy that counts up (ULID specification, "Monotonicity"); see `formatId`.
 */
export function idGenerator(clock: Clock): (prefix: IdPrefix) => string {
  const pool = new Uint8Array(256 * ENTROPY_LENGTH);
  const entropy = new Uint8Array(ENTROPY_LENGTH);
  let used = pool.length;
  let latest = -1;

  function drawEntropy(): void {
    if (used === pool.length) {
      randomFillSync(pool);
      for (let i = 0; i < pool.length; i++) pool[i] = (pool[i] ?? 0) & 31;
      used = 0;
    }
    entropy.set(pool.subarray(used, used + ENTROPY_LENGTH));
    // Half of the range stays free, so that counting up within a millisecond never overflows.
    entropy[0] = (entropy[0] ?? 0) & 15;
    used += ENTROPY_LENGTH;
  }

  return (prefix) => {
    const milliseconds = clock.milliseconds();
    if (milliseconds === latest) increment(entropy);
    else drawEntropy();
    latest = milliseconds;
    return formatId(prefix, milliseconds, entropy);
  };
}

/** Adds 1 to a number that is written in digits from 0 to 31. */
function increment(digits: Uint8Array): void {
  let i = digits.length - 1;
  while (i > 0 && digits[i] === 31) digits[i--] = 0;
  digits[i] = (digits[i] ?? 0) + 1;
}

/** Ids of requests that are refused before they reach the app. Nothing is sorted by them. */
export const newRequestId = (): string => newWallClockId('req');
const newWallClockId = idGenerator(wallClock);
