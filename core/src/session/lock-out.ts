const HOUR_MILLISECONDS = 60 * 60 * 1000;
const FORGOTTEN_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Failed tries into an account are counted twice: those of the network that one comes from, and those of all. */
export type TriesScope = 'network' | 'everywhere';

interface Rule {
  /** How many tries may fail before the next has to wait. */
  readonly freeTries: number;
  readonly longestMilliseconds: number;
}

// The long wait is only for whoever fails: others may not be locked out by them. The short one is for guesses from
// many networks at once, and all that these can do to the account's owner.
const RULES: Readonly<Record<TriesScope, Rule>> = {
  network: { freeTries: 5, longestMilliseconds: 15 * 60 * 1000 },
  everywhere: { freeTries: 100, longestMilliseconds: 60 * 1000 },
};

/** Whose password is tried, and from where. */
export interface SignInAttempt {
  readonly organizationId: string;
  readonly account: string;
  /** See `networkOf`; '' where it is not known. */
  readonly network: string;
}

/** Tries that failed one after the other. */
export interface FailedTries {
  readonly failures: number;
  /** ISO 8601; until then every try is refused, also the right one. */
  readonly blockedUntil: string;
  /** ISO 8601; from then on it is as if nobody had tried. */
  readonly expiresAt: string;
}

/**
 * What one more failure makes of those before: once no try is free any more the wait doubles, from a second to the
 * longest. Those of one network are forgotten a day after the last of them, those of all a day after the first.
 */
export function afterFailure(scope: TriesScope, before: FailedTries | undefined, now: string): FailedTries {
  const { freeTries, longestMilliseconds } = RULES[scope];
  const live = isLive(before, now) ? before : undefined;
  const failures = (live?.failures ?? 0) + 1;
  const wait = failures < freeTries ? 0 : Math.min(1000 * 2 ** (failures - freeTries), longestMilliseconds);
  const later = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString();
  const expiresAt = later(FORGOTTEN_MILLISECONDS);
  return {
    failures,
    blockedUntil: later(wait),
    expiresAt: scope === 'everywhere' ? (live?.expiresAt ?? expiresAt) : expiresAt,
  };
}

/** Whether a try at `now` is refused, whatever it brings. */
export function isBlocked(before: FailedTries | undefined, now: string): boolean {
  return isLive(before, now) && now < before.blockedUntil;
}

function isLive(tries: FailedTries | undefined, now: string): tries is FailedTries {
  return tries !== undefined && now < tries.expiresAt;
}
