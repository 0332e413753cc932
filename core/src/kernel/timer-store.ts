import type { DueTimer, Timers } from './timers.ts';

/** One setting of a timer. */
export interface StoredTimer extends DueTimer {
  /** Names this setting; the timer has another id when it is set again. */
  readonly id: number;
  /** How often its reaction was tried. */
  readonly attempts: number;
  /** Why the last try failed; empty before the first. */
  readonly error: string;
}

/**
 * The timers of a host that runs them itself. What refers to a setting by its id changes nothing when the timer was set
 * again or cleared meanwhile. Each change is on disk when its promise resolves.
 */
export interface TimerStore extends Timers {
  /** The settings whose next try is due at `now` (ISO 8601), the earliest first. Those given up are never due. */
  due(now: string, limit: number): Promise<readonly StoredTimer[]>;

  /** The earliest instant after `now` at which a try is due. */
  nextDueAt(now: string): Promise<string | undefined>;

  /** Removes a setting whose reaction has succeeded. */
  settle(id: number): Promise<void>;

  /** Keeps a setting whose reaction failed until its next try at `retryAt`; undefined gives it up. */
  park(timer: StoredTimer, retryAt: string | undefined): Promise<void>;
}
