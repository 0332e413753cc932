/**
 * All tries of a write end this long after the `time` of its event. A later success would put the change before changes
 * that a client has read already, and a client that synchronises by `updatedAt` would miss it for good.
 */
const WRITE_MILLISECONDS = 3000;

/** How much the clocks of two processes may differ, and an index lag behind its table. */
const SKEW_MILLISECONDS = 2000;

/** A list of changes older than this is complete. */
export const SETTLE_MILLISECONDS = WRITE_MILLISECONDS + SKEW_MILLISECONDS;

/** Aborts when the tries of a write with this time must end. A time ahead of this process's clock gives no more time. */
export function writeDeadline(time: string): AbortSignal {
  const left = Date.parse(time) + WRITE_MILLISECONDS - Date.now();
  return left <= 0 ? AbortSignal.abort() : AbortSignal.timeout(Math.min(left, WRITE_MILLISECONDS));
}
