import {
  type Clock,
  HALF_AN_HOUR_OF_RETRIES,
  nextWait,
  type RetrySchedule,
  type StoredTimer,
  type TimerName,
  type TimerReaction,
  type TimerStore,
  type Timers,
} from '@curlew/core/kernel';
import { withTimeout } from '../../with-timeout.ts';

export interface LocalTimers extends Timers {
  /** Looks for due timers now. Call it once at the start, because the store can have timers of an earlier run. */
  wake(): void;
  /** Resolves when no due timer is left and no reaction runs. */
  idle(): Promise<void>;
  /** Starts no further reaction, and resolves when all running reactions have ended. */
  stop(): Promise<void>;
}

interface LocalTimersOptions {
  readonly store: TimerStore;
  /** The reactions by their names in the service descriptions. */
  readonly reactions: Readonly<Record<string, TimerReaction>>;
  readonly clock: Clock;
  /** Called if a reaction fails, and, without a timer, if the store fails. */
  readonly onFailure: (failure: { timer?: StoredTimer; error: unknown; buried: boolean }) => void;
  readonly retries?: RetrySchedule;
  readonly random?: () => number;
  readonly timeoutMilliseconds?: number;
}

const AT_ONCE = 16;
// Limits how late a timer runs after the machine slept or its clock was set. Also the longest pause after a failure of
// the store. `setTimeout` itself can wait at most 24 days.
const LONGEST_WAIT_MILLISECONDS = 60_000;
const AFTER_STORE_FAILURE_MILLISECONDS = 1000;

/** The timers of one process with its own store. Waits for the earliest timer and runs due timers in parallel. */
export function localTimers(options: LocalTimersOptions): LocalTimers {
  const { store, clock, reactions, onFailure } = options;
  const { retries = HALF_AN_HOUR_OF_RETRIES, random = Math.random, timeoutMilliseconds = 30_000 } = options;
  const running = new Map<string, Promise<void>>();
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let waiting: NodeJS.Timeout | undefined;
  let stopped = false;

  function wake(): void {
    if (stopped) return;
    lookAgain = true;
    looking ??= look().finally(() => {
      looking = undefined;
      // A call of `wake` during the last look found `looking` set, and asked for another look.
      if (lookAgain) wake();
    });
  }

  async function look(): Promise<void> {
    clearTimeout(waiting);
    let wait = LONGEST_WAIT_MILLISECONDS;
    try {
      while (lookAgain && !stopped) {
        lookAgain = false;
        wait = await runDue();
      }
    } catch (error) {
      lookAgain = false;
      wait = AFTER_STORE_FAILURE_MILLISECONDS;
      onFailure({ error, buried: false });
    }
    if (!stopped) waiting = setTimeout(wake, wait).unref();
  }

  /** Starts due reactions up to the limit. Resolves with the milliseconds until more timers may be due. */
  async function runDue(): Promise<number> {
    const now = clock.iso();
    // Running timers are still in the store, so the limit includes them.
    for (const timer of await store.due(now, AT_ONCE + running.size)) {
      if (stopped || running.size >= AT_ONCE) break;
      if (!running.has(nameOf(timer))) begin(timer);
    }
    const next = await store.nextDueAt(now);
    const wait = next === undefined ? LONGEST_WAIT_MILLISECONDS : Date.parse(next) - clock.milliseconds();
    return Math.min(LONGEST_WAIT_MILLISECONDS, Math.max(1, wait));
  }

  function begin(timer: StoredTimer): void {
    const name = nameOf(timer);
    const run = runOnce(timer)
      .catch(async (error) => {
        // The timer is still due in the store. Without a pause, it would run again immediately and endlessly.
        onFailure({ timer, error, buried: false });
        await new Promise((resolve) => setTimeout(resolve, AFTER_STORE_FAILURE_MILLISECONDS));
      })
      .finally(() => {
        running.delete(name);
        wake();
      });
    running.set(name, run);
  }

  async function runOnce(timer: StoredTimer): Promise<void> {
    try {
      const reaction = reactions[timer.reaction];
      if (reaction === undefined) throw new Error(`No reaction is wired to the timer ${timer.reaction}.`);
      await withTimeout(reaction(timer), timeoutMilliseconds);
    } catch (error) {
      // The failure may be a result of the stop, so it is not counted. The timer runs again after the next start.
      if (stopped) return;
      const attempts = timer.attempts + 1;
      const ageMilliseconds = clock.milliseconds() - Date.parse(timer.at);
      const wait = nextWait(retries, { attempts, ageMilliseconds }, random());
      const failed = { ...timer, attempts, error: error instanceof Error ? error.message : String(error) };
      await store.park(failed, wait === undefined ? undefined : new Date(clock.milliseconds() + wait).toISOString());
      onFailure({ timer: failed, error, buried: wait === undefined });
      return;
    }
    await store.settle(timer.id);
  }

  return {
    async set(name, at) {
      await store.set(name, at);
      wake();
    },

    clear: (name) => store.clear(name),

    wake,

    async idle() {
      wake();
      while (looking !== undefined || running.size > 0) await Promise.all([looking, ...running.values()]);
    },

    async stop() {
      stopped = true;
      clearTimeout(waiting);
      await looking;
      await Promise.all(running.values());
    },
  };
}

function nameOf({ reaction, organizationId, key }: TimerName): string {
  return `${reaction} ${organizationId} ${key}`;
}
