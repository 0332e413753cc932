import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '@curlew/core/api-key';
import { auditOf } from '@curlew/core/kernel';
import { createTask } from '@curlew/core/task';
import { createUser } from '@curlew/core/user';
import { afterEach, describe, expect, it } from 'vitest';
import { apiKeyStoreContract } from '../../../test/api-key-store.contract.ts';
import { auditLogContract } from '../../../test/audit-log.contract.ts';
import { contextOf } from '../../../test/context.ts';
import { organizationStoreContract } from '../../../test/organization-store.contract.ts';
import { receiptStoreContract } from '../../../test/receipt-store.contract.ts';
import { sessionStoreContract } from '../../../test/session-store.contract.ts';
import { taskStoreContract } from '../../../test/task-store.contract.ts';
import { ticketCountsContract } from '../../../test/ticket-counts.contract.ts';
import { ticketStoreContract } from '../../../test/ticket-store.contract.ts';
import { userStoreContract } from '../../../test/user-store.contract.ts';
import { keySecrets } from '../../hosts/key-secrets.ts';
import {
  createFirstOrganization,
  type Database,
  openDatabase,
  sqliteApiKeyStore,
  sqliteAuditLog,
  sqliteOrganizationStore,
  sqliteReceiptStore,
  sqliteSessionStore,
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
    await createFirstOrganization(database, { id, name: id, adminId: 'usr_admin' }, new Date().toISOString());
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

  describe('session store', () => {
    sessionStoreContract(async () => {
      const database = await open();
      const log = sqliteAuditLog(database);
      return {
        sessions: sqliteSessionStore(database),
        users: sqliteUserStore(database),
        audit: async (organizationId) => (await log.list(organizationId, { limit: 100, sort: '-createdAt' })).items,
      };
    });

    it('removes expired rows only', async () => {
      const database = await open();
      const sessions = sqliteSessionStore(database);
      for (const [userId, expiresAt] of [
        ['usr_old', '2026-01-01T00:00:00.000Z'],
        ['usr_new', '2026-01-02T00:00:00.000Z'],
      ] as const) {
        const organizationId = 'org_a';
        await createUser({ ctx: contextOf(), users: sqliteUserStore(database) }, { id: userId });
        await sessions.setPassword({ organizationId, userId, hash: 'h', now: expiresAt });
        const entry = auditOf(contextOf(), 'session.created', userId);
        await sessions.putPasswordToken({ organizationId, userId, kind: 'reset', digest: userId, expiresAt }, entry);
        const digests = { familyDigest: 'f', latestDigest: 't', refreshKeyDigest: null };
        const instants = { createdAt: expiresAt, refreshedAt: expiresAt, expiresAt };
        await sessions.start({ organizationId, userId, id: `ses_${userId}`, ...instants, ...digests }, 'h', entry, {
          network: 'n',
          expiresAt: expiresAt,
        });
      }
      const tried = (account: string) => ({ organizationId: 'org_a', account, networks: ['n'] });
      await sessions.recordAttempt(tried('old'), false, '2025-12-31T00:00:00.000Z');
      await sessions.recordAttempt(tried('new'), false, '2026-01-01T00:00:00.000Z');
      while (await sessions.removeExpired('2026-01-01T12:00:00.000Z'));
      const left = ['sessions', 'password_tokens', 'failed_tries', 'known_networks'].map((table) =>
        database.db.prepare(`SELECT * FROM ${table}`).all(),
      );
      expect(left).toMatchObject([
        [{ user_id: 'usr_new' }],
        [{ user_id: 'usr_new' }],
        [{ account: 'new' }],
        [{ user_id: 'usr_new' }],
      ]);
    });
  });

  describe('audit log', () => {
    auditLogContract(async () => sqliteAuditLog(await open()));

    it('refuses UPDATE and DELETE', async () => {
      const database = await open();
      await sqliteAuditLog(database).append(auditOf(contextOf(), 'user.erased', 'usr_1'));
      for (const statement of ["UPDATE audit SET actor_id = 'x'", 'DELETE FROM audit']) {
        expect(() => database.db.exec(statement)).toThrow('never changed');
      }
    });
  });

  describe('API key store', () => {
    apiKeyStoreContract(async () => sqliteApiKeyStore(await open()));

    it('saves no new key of a session that has ended meanwhile', async () => {
      const database = await open();
      const keys = sqliteApiKeyStore(database);
      const { actor, ...context } = contextOf();
      const ctx = { ...context, actor: { ...actor, operator: true, sessionId: 'ses_ended' } };
      const deps = { ctx, keys, secrets: keySecrets, users: sqliteUserStore(database) };
      const creation = createApiKey(deps, { name: 'K', scopes: ['tickets:read'] });
      await expect(creation).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(await keys.list('org_a', { limit: 1, sort: 'createdAt' })).toEqual({ items: [] });
    });
  });

  describe('organization store', () => {
    organizationStoreContract(async () => {
      const database = await open();
      return { organizations: sqliteOrganizationStore(database), users: sqliteUserStore(database) };
    });
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
      const deps = { tasks: sqliteTaskStore(database), tickets: { exists: async () => true } };
      return {
        receipts: sqliteReceiptStore(database),
        async save(receipt) {
          await createTask({ ...deps, ctx: { ...contextOf(), receiptFor: () => receipt } }, { title: 'T' });
        },
      };
    });

    it('removes expired receipts only', async () => {
      const database = await open();
      const deps = { tasks: sqliteTaskStore(database), tickets: { exists: async () => true } };
      const receipts = sqliteReceiptStore(database);
      const receipt = { fingerprint: 'f', status: 201, headers: {}, body: '' };
      for (const [key, expiresAt] of [
        ['old', '2026-01-01T00:00:00.000Z'],
        ['new', '2026-01-02T00:00:00.000Z'],
      ] as const) {
        await createTask(
          { ...deps, ctx: { ...contextOf(), receiptFor: () => ({ ...receipt, key, expiresAt }) } },
          { title: 'T' },
        );
      }
      expect(await receipts.removeExpired('2026-01-01T12:00:00.000Z')).toBe(false);
      expect(database.db.prepare('SELECT key FROM receipts').all()).toEqual([{ key: 'new' }]);
    });
  });
});
