import { randomFillSync } from 'node:crypto';
import { type Clock, formatId, type IdPrefix } from '@curlew/core/kernel';
import { wallClock } from './clocks.ts';

const ENTROPY_LENGTH = 16;

/**
 * Makes ids that sort in the order of their creation: by the time of `clock`, and within a millisecond by a random
 * number that is incremented for each id (ULID specification, "Monotonicity"). See `formatId`.
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
    // Half of the range stays free, so that increments within a millisecond never overflow.
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

/** Adds 1 to a number in base 32. Each digit is a number from 0 to 31, the most significant digit first. */
function increment(digits: Uint8Array): void {
  let i = digits.length - 1;
  while (i > 0 && digits[i] === 31) digits[i--] = 0;
  digits[i] = (digits[i] ?? 0) + 1;
}

/** An id for a request that is rejected before it reaches the app. No list is sorted by these ids. */
export const newRequestId = (): string => newWallClockId('req');
const newWallClockId = idGenerator(wallClock);
