import type { DueTimer, Timers } from './timers.ts';

/** A timer as it was set once. */
export interface StoredTimer extends DueTimer {
  /** The id of this setting. If the timer is set again, it gets another id. */
  readonly id: number;
  /** The number of failed tries of the reaction. */
  readonly attempts: number;
  /** The error of the latest try; empty before the first try. */
  readonly error: string;
}

/**
 * The timers of a host that runs them itself. `settle` and `park` change nothing if the timer was set again or cleared
 * meanwhile. Each change is on disk when its promise resolves.
 */
export interface TimerStore extends Timers {
  /** The timers whose next try is due at `now` (ISO 8601), earliest first. A timer after its last try is never due. */
  due(now: string, limit: number): Promise<readonly StoredTimer[]>;

  /** The earliest instant after `now` at which a try is due; undefined if no try is due. */
  nextDueAt(now: string): Promise<string | undefined>;

  /** Removes a timer whose reaction has succeeded. */
  settle(id: number): Promise<void>;

  /** Stores a timer whose reaction failed, with its next try at `retryAt`; undefined makes it a dead letter. */
  park(timer: StoredTimer, retryAt: string | undefined): Promise<void>;
}
