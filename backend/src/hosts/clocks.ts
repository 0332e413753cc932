import type { Clock } from '@curlew/core/kernel';

export const wallClock: Clock = {
  milliseconds: () => Date.now(),
  iso: () => new Date().toISOString(),
};

/**
 * An order clock that starts at the machine's time, or at `notBefore` (ISO 8601) when the machine's clock was set back
 * to before it. Give it the latest instant that is stored.
 */
export function orderClock(notBefore?: string): Clock {
  let latest = notBefore === undefined ? 0 : Date.parse(notBefore);
  let text = '';
  let textMilliseconds = -1;

  function milliseconds(): number {
    latest = Math.max(latest, Date.now());
    return latest;
  }

  return {
    milliseconds,
    iso() {
      const now = milliseconds();
      // Many requests share a millisecond, and making the text is slow.
      if (now !== textMilliseconds) {
        textMilliseconds = now;
        text = new Date(now).toISOString();
      }
      return text;
    },
  };
}
