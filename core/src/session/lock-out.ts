const HOUR_MILLISECONDS = 60 * 60 * 1000;
const FAILURE_LIFETIME_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/**
 * Each failed sign-in to an account is counted twice: for the network that it came from, and for all networks together.
 */
export type TriesScope = 'network' | 'everywhere';

interface Rule {
  /** The number of tries that may fail before the next try has to wait. */
  readonly freeTries: number;
  /** The longest wait. */
  readonly longestMilliseconds: number;
}

// The long wait applies only to the network of the failed tries, so that an attacker cannot lock out the account's
// owner elsewhere. The short wait slows down guesses from many networks; an attacker can delay the owner by no more
// than that.
const RULES: Readonly<Record<TriesScope, Rule>> = {
  network: { freeTries: 5, longestMilliseconds: 15 * 60 * 1000 },
  everywhere: { freeTries: 100, longestMilliseconds: 60 * 1000 },
};

/** A try to sign in: the account and the network that it comes from. */
export interface SignInAttempt {
  readonly organizationId: string;
  readonly account: string;
  /** See `networkOf`; empty if it is unknown. */
  readonly network: string;
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
 * Adds a failure. After the free tries, each failure doubles the wait, from one second to the longest wait. The
 * failures of one network expire a day after the latest failure, the failures of all networks a day after the first.
 */
export function afterFailure(scope: TriesScope, before: FailedTries | undefined, now: string): FailedTries {
  const { freeTries, longestMilliseconds } = RULES[scope];
  const live = isLive(before, now) ? before : undefined;
  const failures = (live?.failures ?? 0) + 1;
  const wait = failures < freeTries ? 0 : Math.min(1000 * 2 ** (failures - freeTries), longestMilliseconds);
  const later = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString();
  const expiresAt = later(FAILURE_LIFETIME_MILLISECONDS);
  return {
    failures,
    blockedUntil: later(wait),
    expiresAt: scope === 'everywhere' ? (live?.expiresAt ?? expiresAt) : expiresAt,
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
