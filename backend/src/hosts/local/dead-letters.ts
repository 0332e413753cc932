import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attachDatabase, sqliteDeadLetters } from '../../adapters/sqlite/index.ts';
import { readConfig } from './config.ts';

const USAGE = `Lists the deliveries that were given up, or has them tried again.

  npm run dead-letters                        list them
  npm run dead-letters -- --replay POSITION   try one again
  npm run dead-letters -- --replay all        try all again

It works on the database in CURLEW_DATA_DIR, also while the server runs; the server retries within a second.`;

const MOST_LISTED = 100;

const { values } = parseArgs({ options: { replay: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) console.log(USAGE);
else await main(values.replay);

async function main(replay: string | undefined): Promise<void> {
  const file = join(resolve(readConfig().dataDir), 'curlew.db');
  if (!existsSync(file)) return fail(`There is no database ${file}; set CURLEW_DATA_DIR.`);
  if (replay !== undefined && replay !== 'all' && !/^\d+$/.test(replay)) return fail(USAGE);
  const database = attachDatabase(file);
  const letters = sqliteDeadLetters(database);
  if (replay === undefined) list(letters.list(MOST_LISTED));
  else {
    const count = await letters.replay(new Date().toISOString(), replay === 'all' ? null : Number(replay));
    console.log(`${count} to be tried again.`);
  }
  await database.close();
}

function list(letters: ReturnType<ReturnType<typeof sqliteDeadLetters>['list']>): void {
  if (letters.length === 0) console.log('There are no dead letters.');
  for (const { position, subscription, event, attempts, error } of letters) {
    console.log(`${position}\t${subscription}\t${event.type}\t${event.subject}\t${attempts} tries\t${error}`);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
