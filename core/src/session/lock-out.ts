/** How many tries in a row may fail before the next has to wait. */
const FREE_TRIES = 5;
const LONGEST_MILLISECONDS = 15 * 60 * 1000;
const FORGOTTEN_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Tries that failed one after the other. */
export interface FailedTries {
  readonly failures: number;
  /** ISO 8601; until then every try is refused, also the right one. */
  readonly blockedUntil: string;
  /** ISO 8601; from then on it is as if nobody had tried. */
  readonly expiresAt: string;
}

/**
 * What one more failure makes of those before: from the fifth on the wait doubles, from a second to a quarter of an
 * hour, so that nobody can lock somebody else out for longer.
 */
export function afterFailure(before: FailedTries | undefined, now: string): FailedTries {
  const failures = (isLive(before, now) ? before.failures : 0) + 1;
  const wait = failures < FREE_TRIES ? 0 : Math.min(1000 * 2 ** (failures - FREE_TRIES), LONGEST_MILLISECONDS);
  const later = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString();
  return { failures, blockedUntil: later(wait), expiresAt: later(FORGOTTEN_MILLISECONDS) };
}

/** Whether a try at `now` is refused, whatever it brings. */
export function isBlocked(before: FailedTries | undefined, now: string): boolean {
  return isLive(before, now) && now < before.blockedUntil;
}

function isLive(tries: FailedTries | undefined, now: string): tries is FailedTries {
  return tries !== undefined && now < tries.expiresAt;
}
