import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attachDatabase, sqliteDeadLetters } from '../../adapters/sqlite/index.ts';
import { readConfig } from './config.ts';

const MOST_LISTED = 100;

/** Lists the dead letters, or has the server try them again: one by its position, or `all`. Resolves with the exit code. */
export async function deadLetters(replay: string | undefined): Promise<number> {
  const file = join(resolve(readConfig().dataDir), 'curlew.db');
  if (!existsSync(file)) return fail(`There is no database ${file}; set CURLEW_DATA_DIR.`);
  if (replay !== undefined && replay !== 'all' && !/^\d+$/.test(replay))
    return fail(`--replay takes a position or "all", not "${replay}".`);
  const database = attachDatabase(file);
  const letters = sqliteDeadLetters(database);
  if (replay === undefined) list(letters.list(MOST_LISTED));
  else {
    const count = await letters.replay(new Date().toISOString(), replay === 'all' ? null : Number(replay));
    console.log(`${count} to be tried again.`);
  }
  await database.close();
  return 0;
}

function list(letters: ReturnType<ReturnType<typeof sqliteDeadLetters>['list']>): void {
  if (letters.length === 0) console.log('There are no dead letters.');
  for (const { position, subscription, event, attempts, error } of letters) {
    console.log(`${position}\t${subscription}\t${event.type}\t${event.subject}\t${attempts} tries\t${error}`);
  }
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
