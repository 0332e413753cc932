const HOUR_MILLISECONDS = 60 * 60 * 1000;
const FAILURE_LIFETIME_MILLISECONDS = 24 * HOUR_MILLISECONDS;
const LONGEST_MILLISECONDS = 15 * 60 * 1000;

/**
 * The number of tries that may fail before the next try has to wait, for a network, its /56 and its /48. There is no
 * count for all networks together: it would let any attacker keep the account's owner out.
 */
const FREE_TRIES = [5, 20, 80];

/** A try to sign in: the account and the networks that it comes from. */
export interface SignInAttempt {
  readonly organizationId: string;
  readonly account: string;
  /** See `networksOf`. Of a network that is known for the account, the wider networks are left out. */
  readonly networks: readonly string[];
}

/** The failed tries since the last success. */
export interface FailedTries {
  readonly failures: number;
  /** ISO 8601; until this time every try is refused, even with the right password. */
  readonly blockedUntil: string;
  /** ISO 8601; from this time on the failures no longer count. */
  readonly expiresAt: string;
}

/**
 * Adds a failure. After the free tries, each failure doubles the wait, from one second to 15 minutes. `width` is the
 * index of the network in the attempt. The failures of a network expire a day after the latest failure, and the failures
 * of a wider network a day after the first.
 */
export function afterFailure(width: number, before: FailedTries | undefined, now: string): FailedTries {
  const freeTries = FREE_TRIES[width] ?? Number.POSITIVE_INFINITY;
  const live = isLive(before, now) ? before : undefined;
  const failures = (live?.failures ?? 0) + 1;
  const wait = failures < freeTries ? 0 : Math.min(1000 * 2 ** (failures - freeTries), LONGEST_MILLISECONDS);
  const later = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString();
  const expiresAt = later(FAILURE_LIFETIME_MILLISECONDS);
  return {
    failures,
    blockedUntil: later(wait),
    expiresAt: width === 0 ? expiresAt : (live?.expiresAt ?? expiresAt),
  };
}

/** Whether a try at `now` is refused, even with the right password. */
export function isBlocked(before: FailedTries | undefined, now: string): boolean {
  return isLive(before, now) && now < before.blockedUntil;
}

/** Failures that a clock which was ahead recorded would refuse tries until the clock has reached them. They do not count. */
function isLive(tries: FailedTries | undefined, now: string): tries is FailedTries {
  if (tries === undefined) return false;
  const left = Date.parse(tries.expiresAt) - Date.parse(now);
  return left > 0 && left <= FAILURE_LIFETIME_MILLISECONDS;
}
