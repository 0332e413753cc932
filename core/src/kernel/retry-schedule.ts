/** The times at which failed work is tried again, and its last try. */
export interface RetrySchedule {
  /**
   * Milliseconds to wait after the first try, after the second, and so on. The number of tries is one more than this
   * list.
   */
  readonly waits: readonly number[];
  /** The random part of a wait, so that retries do not all run at once: 0.25 varies a wait by up to a quarter. */
  readonly jitter: number;
  /** Work that would be older than this at its next try is not tried again. */
  readonly maxAgeMilliseconds?: number;
}

/**
 * 14 tries with waits of 1 s, 2 s, 4 s … up to 5 minutes: half an hour in which a consumer can be repaired or
 * restarted.
 */
export const HALF_AN_HOUR_OF_RETRIES: RetrySchedule = {
  waits: Array.from({ length: 13 }, (_, i) => Math.min(300_000, 1000 * 2 ** i)),
  jitter: 0.25,
};

/**
 * Milliseconds to wait until the next try, after `attempts` failed tries; undefined if that was the last try.
 * `ageMilliseconds` is the time since the first try was due, `random` a number from 0 to 1.
 */
export function nextWait(
  { waits, jitter, maxAgeMilliseconds = Number.POSITIVE_INFINITY }: RetrySchedule,
  { attempts, ageMilliseconds }: { readonly attempts: number; readonly ageMilliseconds: number },
  random: number,
): number | undefined {
  const wait = waits[attempts - 1];
  if (wait === undefined) return undefined;
  const varied = wait * (1 - jitter + 2 * jitter * random);
  return ageMilliseconds + varied > maxAgeMilliseconds ? undefined : varied;
}
