import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MILLISECONDS = 300_000;

/**
 * Waits until a running Curlew has delivered its events, since deliveries would take time from the next phase.
 * Resolves with how many there were to deliver when it was asked.
 */
export async function delivered(curlewFolder: string): Promise<number> {
  const deadline = performance.now() + LONGEST_MILLISECONDS;
  const first = pending(curlewFolder);
  for (let left = first; left > 0; left = pending(curlewFolder)) {
    if (performance.now() > deadline) throw new Error('Curlew does not get its events delivered.');
    await sleep(50);
  }
  return first;
}

function pending(curlewFolder: string): number {
  // Opened anew each time: a reader that stays would keep Curlew's write-ahead log from being reused.
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
