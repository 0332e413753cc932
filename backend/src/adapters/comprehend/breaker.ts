import type { Failure, FailureNote } from './failure.ts';

const HOPELESS_MILLISECONDS = 5 * 60_000;
const DOUBTFUL_MILLISECONDS = 30_000;
const MOST_DOUBTS = 3;

/** Remembers failures, so that a service that cannot answer is left alone for a while. */
export function breaker(now: () => number) {
  let doubts = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let why: FailureNote = 'comprehend_unavailable';
  return {
    /** Why the service is left alone now, if it is. */
    rests: (): FailureNote | undefined => (now() < restsUntil ? why : undefined),
    answered(): void {
      doubts = 0;
    },
    /** How long the service is left alone for it, in milliseconds; 0 when it is not. */
    failed({ note, outlook }: Failure): number {
      doubts = outlook === 'doubtful' ? doubts + 1 : 0;
      // After a rest the first doubt is enough for the next.
      const rest = outlook === 'hopeless' ? HOPELESS_MILLISECONDS : doubts >= MOST_DOUBTS ? DOUBTFUL_MILLISECONDS : 0;
      if (rest > 0) {
        why = note;
        restsUntil = now() + rest;
      }
      return rest;
    },
  };
}

export type Breaker = ReturnType<typeof breaker>;
