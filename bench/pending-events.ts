import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MILLISECONDS = 300_000;

/**
 * Waits until a running Curlew has delivered its events, because deliveries would slow down the next phase. Resolves
 * with the number of undelivered events at the time of the call.
 */
export async function waitForDelivery(curlewFolder: string): Promise<number> {
  const deadline = performance.now() + LONGEST_MILLISECONDS;
  const first = pending(curlewFolder);
  for (let left = first; left > 0; left = pending(curlewFolder)) {
    if (performance.now() > deadline) throw new Error('Curlew did not deliver its events in time.');
    await sleep(50);
  }
  return first;
}

function pending(curlewFolder: string): number {
  // The database is opened for each query, because an open reader would stop Curlew from reusing its write-ahead log.
  const db = new DatabaseSync(join(curlewFolder, 'curlew.db'), { readOnly: true });
  const row = db
    .prepare(
      `SELECT coalesce((SELECT max(position) FROM events), 0)
         - coalesce((SELECT min(passed_position) FROM subscriptions), 0) AS pending`,
    )
    .get();
  db.close();
  return Number(row?.pending);
}
