/** Waits before a change is retried after a write conflict. The wait grows with each conflict. */
export function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(400, 10 * 2 ** attempt)));
}
