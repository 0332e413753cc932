/** When work that failed is tried again, and when it is given up. */
export interface RetrySchedule {
  /** Milliseconds to wait after the first try, after the second, and so on. There is one try more than waits. */
  readonly waits: readonly number[];
  /** How much of a wait is random, so that failures do not repeat all at once: 0.25 is up to a quarter less or more. */
  readonly jitter: number;
  /** No try begins when the work is older than this. */
  readonly maxAgeMilliseconds?: number;
}

/** 14 tries after 1 s, 2 s, 4 s … up to 5 minutes: half an hour, enough for a consumer to be repaired or restarted. */
export const HALF_AN_HOUR_OF_RETRIES: RetrySchedule = {
  waits: Array.from({ length: 13 }, (_, i) => Math.min(300_000, 1000 * 2 ** i)),
  jitter: 0.25,
};

/**
 * Milliseconds to wait after the latest of `attempts` tries has failed; undefined when there is no further try.
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
