import type { Clock } from '@curlew/core/kernel';

export const wallClock: Clock = {
  milliseconds: () => Date.now(),
  iso: () => new Date().toISOString(),
};

/**
 * An order clock, which never goes back. It starts at the machine's time, or at `notBefore` (ISO 8601) if the machine's
 * clock is behind that. Pass the latest stored instant as `notBefore`. It then stands still until the machine's clock
 * has reached it, so nothing that expires may use it.
 */
export function orderClock(notBefore?: string, wall: Clock = wallClock): Clock {
  let latest = notBefore === undefined ? 0 : Date.parse(notBefore);
  let text = '';
  let textMilliseconds = -1;

  function milliseconds(): number {
    latest = Math.max(latest, wall.milliseconds());
    return latest;
  }

  return {
    milliseconds,
    iso() {
      const now = milliseconds();
      // Many requests share a millisecond, and formatting the ISO text is slow.
      if (now !== textMilliseconds) {
        textMilliseconds = now;
        text = new Date(now).toISOString();
      }
      return text;
    },
  };
}
