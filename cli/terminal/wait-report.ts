import type { Wait } from '@curlew/client';

const SHORT_MILLISECONDS = 1500;

/** Tells once about a wait, although many requests wait at the same time. */
export interface WaitReport {
  add(wait: Wait): void;
  /** The end of the present wait, as local time; undefined if no request waits. */
  until(): string | undefined;
}

/** `log` writes a line for the terminal. `now` is epoch milliseconds. */
export function waitReport(log: (line: string) => void, now: () => number = Date.now): WaitReport {
  let end = 0;
  return {
    add({ reason, milliseconds }) {
      const newEnd = now() + milliseconds;
      // A short wait is not worth a line.
      if (milliseconds < SHORT_MILLISECONDS) return;
      const isKnown = end > now();
      end = Math.max(end, newEnd);
      if (isKnown) return;
      log(`Waiting until ${timeOfDay(newEnd)}: the server answered ${reason}`);
    },
    until: () => (end > now() ? timeOfDay(end) : undefined),
  };
}

function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
