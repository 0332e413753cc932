/** Names a timer. Two organizations never share one. */
export interface TimerName {
  /** The reaction that runs when the timer is due, by its name in the description of a service. */
  readonly reaction: string;
  readonly organizationId: string;
  /** What the timer is for, in the organization: usually the id of a resource. */
  readonly key: string;
}

export interface DueTimer extends TimerName {
  /** The instant that the timer was set to, ISO 8601. */
  readonly at: string;
}

/**
 * Runs a reaction at a later instant of the wall clock.
 *
 * A due timer runs its reaction at least once, also after a crash. A reaction that fails is tried again, and kept as a
 * dead letter after the last try. It never runs before `at`, and up to 60 seconds later; of many that are due together
 * a few run at a time. Set a timer in the reaction to the event that made it necessary, never inside a request: the
 * event is delivered again after a crash, and so the timer is not lost.
 */
export interface Timers {
  /**
   * Sets the timer to `at` (ISO 8601), in place of an earlier setting. An instant in the past is due at once. The
   * timer survives a crash from the moment the promise resolves. Rejects for a name or instant that is not valid; see
   * `requireValidTimer`.
   */
  set(name: TimerName, at: string): Promise<void>;

  /** Removes the timer, if it is set. Its reaction may be running, and goes on. */
  clear(name: TimerName): Promise<void>;
}

/**
 * Runs when a timer is due. It reads the present state, and does nothing when the state no longer asks for this run at
 * `at`: the timer may have been set again or cleared a moment ago, and a run may repeat.
 */
export type TimerReaction = (timer: DueTimer) => Promise<void>;

const REACTION = /^[a-z][a-z0-9-]{0,30}$/;
const ID = /^[!-~]{1,128}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Throws for a timer that some adapter could not keep. `reaction` has at most 31 lower-case letters, digits and hyphens,
 * so that with a digest of the other two it makes a name of 64 characters for EventBridge Scheduler. `organizationId`
 * and `key` have at most 128 visible ASCII characters. `at` is in UTC with milliseconds; AWS rounds it up to a second.
 */
export function requireValidTimer({ reaction, organizationId, key, at }: DueTimer): void {
  if (!REACTION.test(reaction)) throw new Error(`"${reaction}" is not a name for the reaction of a timer.`);
  if (!ID.test(organizationId)) throw new Error(`A timer of ${reaction} has an organization that is not an id.`);
  if (!ID.test(key)) throw new Error(`A timer of ${reaction} has a key that is not 1 to 128 visible ASCII characters.`);
  if (!INSTANT.test(at) || Number.isNaN(Date.parse(at))) throw new Error(`"${at}" is not an instant for a timer.`);
}
