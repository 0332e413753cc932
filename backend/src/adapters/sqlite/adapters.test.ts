import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTask } from '@curlew/core/task';
import { afterEach, describe, expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import { receiptStoreContract } from '../../../test/receipt-store.contract.ts';
import { taskStoreContract } from '../../../test/task-store.contract.ts';
import { ticketCountsContract } from '../../../test/ticket-counts.contract.ts';
import { ticketStoreContract } from '../../../test/ticket-store.contract.ts';
import { userStoreContract } from '../../../test/user-store.contract.ts';
import {
  type Database,
  foundOrganization,
  openDatabase,
  sqliteReceiptStore,
  sqliteTaskStore,
  sqliteTicketCounts,
  sqliteTicketStore,
  sqliteUserStore,
} from './index.ts';

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
    }, 4500);
  });

  describe('user store', () => {
    userStoreContract(async () => sqliteUserStore(await open()));
  });

  describe('task store', () => {
    taskStoreContract(async () => sqliteTaskStore(await open()));
  });

  describe('ticket counts', () => {
    ticketCountsContract(async () => sqliteTicketCounts(await open()));
  });

  describe('receipt store', () => {
    receiptStoreContract(async () => {
      const database = await open();
      const verb = { tasks: sqliteTaskStore(database), tickets: { exists: async () => true } };
      return {
        receipts: sqliteReceiptStore(database),
        async save(receipt) {
          await createTask({ ...verb, ctx: { ...contextOf(), receiptFor: () => receipt } }, { title: 'T' });
        },
      };
    });

    it('removes what has expired, and only that', async () => {
      const database = await open();
      const verb = { tasks: sqliteTaskStore(database), tickets: { exists: async () => true } };
      const receipts = sqliteReceiptStore(database);
      const receipt = { fingerprint: 'f', status: 201, headers: {}, body: '' };
      for (const [key, expiresAt] of [
        ['old', '2026-01-01T00:00:00.000Z'],
        ['new', '2026-01-02T00:00:00.000Z'],
      ] as const) {
        await createTask(
          { ...verb, ctx: { ...contextOf(), receiptFor: () => ({ ...receipt, key, expiresAt }) } },
          { title: 'T' },
        );
      }
      expect(await receipts.removeExpired('2026-01-01T12:00:00.000Z')).toBe(false);
      expect(database.db.prepare('SELECT key FROM receipts').all()).toEqual([{ key: 'new' }]);
    });
  });
});
