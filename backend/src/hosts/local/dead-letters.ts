import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attachDatabase, type Database, sqliteDeadLetters, sqliteTimerStore } from '../../adapters/sqlite/index.ts';
import { readConfig } from './config.ts';

const MOST_LISTED = 100;

/**
 * Lists the dead letters, or makes the server retry them: `replay` is the position of a delivery, `timer:` with the id
 * of a timer, or `all`. Resolves with the exit code.
 */
export async function deadLetters(replay: string | undefined): Promise<number> {
  const file = join(resolve(readConfig().dataDir), 'curlew.db');
  if (!existsSync(file)) return fail(`There is no database ${file}; set CURLEW_DATA_DIR.`);
  if (replay !== undefined && replay !== 'all' && !/^(timer:)?\d+$/.test(replay))
    return fail(`--replay takes a position, "timer:" and an id, or "all", not "${replay}".`);
  const database = attachDatabase(file);
  try {
    if (replay === undefined) list(database);
    else {
      const replayed = await replayDead(database, replay);
      if (replayed === 0 && replay !== 'all') return fail(`There is no dead letter ${replay}.`);
      console.log(`${replayed} to be tried again.`);
    }
    return 0;
  } finally {
    await database.close();
  }
}

function list(database: Database): void {
  const deliveries = sqliteDeadLetters(database).list(MOST_LISTED);
  const timers = sqliteTimerStore(database).dead(MOST_LISTED);
  if (deliveries.length + timers.length === 0) console.log('There are no dead letters.');
  for (const { position, owner, event, attempts, error } of deliveries) {
    console.log(`${position}\t${owner}\t${event.type}\t${event.subject}\t${attempts} tries\t${error}`);
  }
  for (const { id, reaction, at, key, attempts, error } of timers) {
    console.log(`timer:${id}\t${reaction}\t${at}\t${key}\t${attempts} tries\t${error}`);
  }
}

/** Resolves with the number of dead letters that are due now. */
async function replayDead(database: Database, which: string): Promise<number> {
  const now = new Date().toISOString();
  const [deliveries, timers] = [sqliteDeadLetters(database), sqliteTimerStore(database)];
  if (which === 'all') return (await deliveries.replay(now, null)) + (await timers.replay(now, null));
  if (which.startsWith('timer:')) return timers.replay(now, Number(which.slice('timer:'.length)));
  return deliveries.replay(now, Number(which));
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
