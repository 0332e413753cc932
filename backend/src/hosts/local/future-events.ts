// Smaller differences come from ordinary corrections of the clock.
const TOLERANCE_MILLISECONDS = 60_000;

/** Tells the operator that the latest event lies in the future; undefined if it does not. Both times are ISO 8601. */
export function noticeOfFuture(latestEventAt: string, wallNow: string): string | undefined {
  if (Date.parse(latestEventAt) - Date.parse(wallNow) <= TOLERANCE_MILLISECONDS) return undefined;
  return `The latest event is from ${latestEventAt}, which is in the future for this machine (${wallNow}): its clock was ahead then or is behind now, so new tickets and changes get that time until the clock has reached it, while everything that expires follows the clock.`;
}
