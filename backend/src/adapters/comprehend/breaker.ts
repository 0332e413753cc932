import type { Failure, FailureNote } from './failure.ts';

const HOPELESS_MILLISECONDS = 5 * 60_000;
const DOUBTFUL_MILLISECONDS = 30_000;
const DOUBTFUL_FAILURES_BEFORE_PAUSE = 3;

/** A circuit breaker: after failures it pauses the calls to a service for a while. */
export function breaker(now: () => number) {
  let doubtfulFailures = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let reason: FailureNote = 'comprehend_unavailable';
  return {
    /** The reason why calls are paused now; undefined if they are not. */
    pauseReason: (): FailureNote | undefined => (now() < pausedUntil ? reason : undefined),
    recordSuccess(): void {
      doubtfulFailures = 0;
    },
    /** Returns how long this failure pauses the calls, in milliseconds; 0 for no pause. */
    recordFailure({ note, outlook }: Failure): number {
      doubtfulFailures = outlook === 'doubtful' ? doubtfulFailures + 1 : 0;
      // The count survives a pause: the first doubtful failure after it starts the next pause.
      const pause =
        outlook === 'hopeless'
          ? HOPELESS_MILLISECONDS
          : doubtfulFailures >= DOUBTFUL_FAILURES_BEFORE_PAUSE
            ? DOUBTFUL_MILLISECONDS
            : 0;
      if (pause > 0) {
        reason = note;
        pausedUntil = now() + pause;
      }
      return pause;
    },
  };
}
