import type { Wait } from '@curlew/client';
import type { WaitReport } from '../terminal/wait-report.ts';

const GRACE_MILLISECONDS = 3000;

export interface Interruption {
  isRequested(): boolean;
  /** Ends all requests and waits. Another run adds what they left out. */
  readonly signal: AbortSignal;
  readonly onWait: (wait: Wait) => void;
}

/**
 * Listens for Ctrl-C. The rows in progress get three seconds to finish, and nothing waits any longer. A second Ctrl-C
 * ends the process.
 */
export function onInterrupt(waits: WaitReport, log: (line: string) => void): Interruption {
  const stop = new AbortController();
  let isRequested = false;
  process.once('SIGINT', () => {
    isRequested = true;
    if (waits.until() !== undefined) {
      stop.abort();
      return;
    }
    log('Finishing the rows in progress. Press Ctrl-C again to stop immediately …');
    setTimeout(() => stop.abort(), GRACE_MILLISECONDS).unref();
  });
  return {
    isRequested: () => isRequested,
    signal: stop.signal,
    onWait(wait) {
      if (isRequested) stop.abort();
      else waits.add(wait);
    },
  };
}
