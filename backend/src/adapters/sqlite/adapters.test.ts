import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe } from 'vitest';
import { ticketStoreContract } from '../../../test/ticket-store.contract.ts';
import { type Database, foundOrganization, openDatabase, sqliteReceiptStore, sqliteTicketStore } from './index.ts';

const opened: { database: Database; folder?: string }[] = [];

afterEach(async () => {
  for (const { database, folder } of opened.splice(0)) {
    await database.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  }
});

async function inMemory(): Promise<Database> {
  const database = openDatabase(':memory:');
  opened.push({ database });
  return founded(database);
}

async function inFile(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  const database = openDatabase(join(folder, 'curlew.db'));
  opened.push({ database, folder });
  return founded(database);
}

async function founded(database: Database): Promise<Database> {
  for (const id of ['org_a', 'org_b']) {
    await foundOrganization(database, { id, name: id, adminId: 'usr_admin' }, new Date().toISOString());
  }
  return database;
}

describe.each([
  ['in a file', inFile],
  ['in memory', inMemory],
])('SQLite %s', (_, open) => {
  describe('ticket store', () => {
    ticketStoreContract(async () => {
      const database = await open();
      return {
        tickets: sqliteTicketStore(database),
        receipt: (key) => sqliteReceiptStore(database).find(key, new Date().toISOString()),
      };
    });
  });
});
