import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type ApiKeyStore, createApiKey, listApiKeys, readApiKey, revokeApiKey } from '@curlew/core/api-key';
import {
  listOrganizations,
  type OrganizationStore,
  patchOrganization,
  readOrganization,
} from '@curlew/core/organization';
import { createTask, deleteTask, listTasks, patchTask, readTask, type TaskStore } from '@curlew/core/task';
import {
  addMessage,
  createTicket,
  deleteTicket,
  listHistory,
  listMessages,
  listTickets,
  patchTicket,
  readTicket,
  restoreTicket,
  type TicketStore,
} from '@curlew/core/ticket';
import { createUser, deleteUser, firstAdmin, listUsers, patchUser, readUser, type UserStore } from '@curlew/core/user';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createFirstOrganization as createFirstOnDynamo,
  dynamoApiKeyStore,
  dynamoOrganizationStore,
  dynamoTaskStore,
  dynamoTicketStore,
  dynamoUserStore,
  storedSecret,
} from '../src/adapters/dynamodb/index.ts';
import {
  createFirstOrganization,
  openDatabase,
  sqliteApiKeyStore,
  sqliteOrganizationStore,
  sqliteTaskStore,
  sqliteTicketStore,
  sqliteUserStore,
} from '../src/adapters/sqlite/index.ts';
import { keySecrets } from '../src/hosts/key-secrets.ts';
import { peoplePort } from '../src/hosts/people.ts';
import { contextOf } from './context.ts';
import { describeOnDynamoDb, openTables } from './dynamodb.ts';

const ORGANIZATIONS = ['org_a', 'org_b'] as const;

interface Stores {
  readonly tickets: TicketStore;
  readonly tasks: TaskStore;
  readonly users: UserStore;
  readonly keys: ApiKeyStore;
  readonly organizations: OrganizationStore;
  /** All stored data of an organization, as text. */
  stored(organizationId: string): Promise<string>;
  close(): Promise<void>;
}

async function onSqlite(): Promise<Stores> {
  const database = openDatabase(':memory:');
  for (const id of ORGANIZATIONS) {
    await createFirstOrganization(database, { id, name: id, adminId: 'usr_admin' }, '2026-01-01T00:00:00.000Z');
  }
  const rows = database.db.prepare(
    `SELECT title AS t FROM tickets WHERE organization_id = ?1 UNION ALL SELECT name FROM users WHERE organization_id = ?1
     UNION ALL SELECT title FROM tasks WHERE organization_id = ?1 UNION ALL SELECT body FROM messages WHERE organization_id = ?1
     UNION ALL SELECT name FROM api_keys WHERE organization_id = ?1 UNION ALL SELECT name FROM organizations WHERE id = ?1`,
  );
  return {
    tickets: sqliteTicketStore(database),
    tasks: sqliteTaskStore(database),
    users: sqliteUserStore(database),
    keys: sqliteApiKeyStore(database),
    organizations: sqliteOrganizationStore(database),
    stored: async (organizationId) => JSON.stringify(rows.all(organizationId)),
    close: () => database.close(),
  };
}

async function onDynamo(): Promise<Stores> {
  const db = await openTables();
  for (const organizationId of ORGANIZATIONS) {
    await createFirstOnDynamo(
      db,
      { id: organizationId, name: organizationId, adminId: 'usr_admin' },
      '2026-01-01T00:00:00.000Z',
    );
  }
  const addressKey = await storedSecret(db, 'users');
  return {
    tickets: dynamoTicketStore(db, { settleMilliseconds: 0 }),
    tasks: dynamoTaskStore(db),
    users: dynamoUserStore(db, addressKey),
    keys: dynamoApiKeyStore(db),
    organizations: dynamoOrganizationStore(db, addressKey),
    async stored(organizationId) {
      const pages = await Promise.all(
        [db.names.tickets, db.names.tasks, db.names.users].map((TableName) =>
          db.client.send(new ScanCommand({ TableName })),
        ),
      );
      const items = pages.flatMap(({ Items = [] }) => Items);
      // Every key contains its organization.
      const foreign = items.filter(({ pk }) => !/^([TDUYO]#org_[ab]#|SECRET$)/.test(pk));
      expect(foreign).toEqual([]);
      return JSON.stringify(items.filter(({ pk }) => pk.includes(`#${organizationId}#`)));
    },
    close: async () => db.client.destroy(),
  };
}

function depsFor({ tickets, tasks, users, keys, organizations }: Stores) {
  const people = peoplePort(users);
  const exists = async (organizationId: string, id: string) => (await tickets.find(organizationId, id)) !== undefined;
  return (organizationId: string) => ({
    ctx: contextOf(organizationId),
    tickets: Object.assign(Object.create(null), tickets, { exists }),
    tasks,
    users,
    people,
    keys,
    secrets: keySecrets,
    organizations,
    firstAdmin,
  });
}

type Deps = ReturnType<ReturnType<typeof depsFor>>;

// Every operation runs with ids that may belong to the other organization.
const OPERATIONS: readonly ((deps: Deps, mark: string, id: string, any: number) => Promise<unknown>)[] = [
  (deps, mark, _, any) =>
    createTicket(deps, {
      title: mark,
      tags: [mark],
      email: `${mark}@example.com`,
      externalId: `same-${any % 5}`,
    }),
  (deps, mark) => createTask(deps, { title: mark }),
  (deps, mark, _, any) => createUser(deps, { id: `user-${any % 5}`, name: mark }),
  (deps, mark, id, any) => addMessage(deps, id, { body: mark, authorId: `user-${any % 5}` }),
  (deps, mark, id) => patchTicket(deps, id, { title: mark }, undefined),
  (deps, _, id) => deleteTicket(deps, id, undefined),
  (deps, _, id) => restoreTicket(deps, id),
  (deps, _, id) => readTicket(deps, id),
  (deps, _, id) => listMessages(deps, id, { limit: 100, sort: 'createdAt' }),
  (deps, _, id) => listHistory(deps, id, { limit: 100, sort: 'createdAt' }),
  (deps, mark, id) => createTask(deps, { title: mark, ticketId: id }),
  (deps, mark, id) => patchTask(deps, id, { title: mark }, undefined),
  (deps, _, id) => readTask(deps, id),
  (deps, _, id) => deleteTask(deps, id, undefined),
  (deps, mark, id) => patchUser(deps, id, { name: mark }, undefined),
  (deps, _, id) => readUser(deps, id),
  (deps, _, id) => deleteUser(deps, id, undefined),
  (deps, mark, id) => createApiKey(deps, { name: mark, scopes: ['read'], userId: id }),
  (deps, mark) => createApiKey(deps, { name: mark, scopes: ['read'] }),
  (deps, _, id) => readApiKey(deps, id),
  (deps, _, id) => revokeApiKey(deps, id, undefined),
  (deps) => listApiKeys(deps, { limit: 100, sort: '-createdAt' }),
  (deps, _, id) => listApiKeys(deps, { limit: 100, sort: '-createdAt', userId: id }),
  (deps, mark, id) => patchOrganization(deps, id, { name: mark }, undefined),
  (deps, _, id) => readOrganization(deps, id),
  (deps) => listOrganizations(deps, { limit: 100, sort: '-createdAt' }),
  (deps) => listTickets(deps, { limit: 100, sort: '-createdAt', filters: {} }),
  (deps, mark) => listTickets(deps, { limit: 100, sort: 'updatedAt', filters: { tag: [mark, otherMark(mark)] } }),
  (deps) => listTasks(deps, { limit: 100, sort: '-createdAt' }),
  (deps) => listUsers(deps, { limit: 100, sort: '-createdAt' }),
];

const markOf = (organizationId: string) => `mark-of-${organizationId}`;
const otherMark = (mark: string) => markOf(mark === markOf('org_a') ? 'org_b' : 'org_a');

async function staysIsolated(open: () => Promise<Stores>, numRuns: number): Promise<void> {
  const step = fc.record({
    organization: fc.constantFrom(...ORGANIZATIONS),
    operation: fc.nat(OPERATIONS.length - 1),
    id: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const stores = await open();
      const deps = depsFor(stores);
      const ids = ['user-0', 'usr_admin', ...ORGANIZATIONS];
      for (const { organization, operation, id } of steps) {
        const mark = markOf(organization);
        const outcome = await OPERATIONS[operation]?.(deps(organization), mark, ids[id % ids.length] ?? '', id).catch(
          (error: Error) => ({ refused: error.message, details: (error as { details?: unknown }).details }),
        );
        const seen = JSON.stringify(outcome ?? null);
        expect(seen).not.toContain(otherMark(mark));
        for (const [, made = ''] of seen.matchAll(/"id":"((?:tkt|tsk|usr|key)_\w{26})"/g))
          if (!ids.includes(made)) ids.push(made);
      }
      for (const organization of ORGANIZATIONS) {
        expect(await stores.stored(organization)).not.toContain(otherMark(markOf(organization)));
      }
      await stores.close();
    }),
    { numRuns },
  );
}

describe('two organizations never see data of each other', () => {
  it('on SQLite', () => staysIsolated(onSqlite, 60));

  describeOnDynamoDb('on DynamoDB', () => {
    it('in random operations', () => staysIsolated(onDynamo, 15), 120_000);
  });
});
