/** The name of a timer. Each organization has its own timers. */
export interface TimerName {
  /** The name of the reaction that runs when the timer is due, from the description of a service. */
  readonly reaction: string;
  readonly organizationId: string;
  /** Distinguishes the timers of one reaction in the organization; usually the id of a resource. */
  readonly key: string;
}

/** A timer with its time. */
export interface DueTimer extends TimerName {
  /** The instant at which the timer is due, ISO 8601. */
  readonly at: string;
}

/**
 * Runs a reaction at a later instant of the wall clock.
 *
 * A due timer runs its reaction at least once, also after a crash. A failed reaction is tried again, and the timer
 * becomes a dead letter after the last try. A reaction never starts before `at`, and starts up to 60 seconds later; if
 * many timers are due together, only a few run at a time. Set a timer in a reaction to an event, never inside a
 * request: after a crash the event is delivered again, so the timer is not lost.
 */
export interface Timers {
  /**
   * Sets the timer to `at` (ISO 8601). This replaces an earlier time of the same timer. A time in the past is due at
   * once. The timer survives a crash once the promise has resolved. Rejects an invalid name or time; see
   * `requireValidTimer`.
   */
  set(name: TimerName, at: string): Promise<void>;

  /** Removes the timer, if it is set. Does not stop a reaction that is running. */
  clear(name: TimerName): Promise<void>;
}

/**
 * Runs when a timer is due. A reaction must read the present state, and do nothing if the state no longer needs this
 * run at `at`: the timer may have been set again or cleared a moment ago, and a run may repeat.
 */
export type TimerReaction = (timer: DueTimer) => Promise<void>;

const REACTION = /^[a-z][a-z0-9-]{0,30}$/;
const ID = /^[!-~]{1,128}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Throws for a timer that one of the adapters could not store. `reaction` has at most 31 lower-case letters, digits and
 * hyphens: with a digest of the two ids it becomes a name in EventBridge Scheduler, which allows 64 characters.
 * `organizationId` and `key` have at most 128 visible ASCII characters. `at` is in UTC with milliseconds; AWS rounds it
 * up to a full second.
 */
export function requireValidTimer({ reaction, organizationId, key, at }: DueTimer): void {
  if (!REACTION.test(reaction)) throw new Error(`"${reaction}" is not a name for the reaction of a timer.`);
  if (!ID.test(organizationId)) throw new Error(`A timer of ${reaction} has an organization that is not an id.`);
  if (!ID.test(key)) throw new Error(`A timer of ${reaction} has a key that is not 1 to 128 visible ASCII characters.`);
  if (!INSTANT.test(at) || Number.isNaN(Date.parse(at))) throw new Error(`"${at}" is not an instant for a timer.`);
}
