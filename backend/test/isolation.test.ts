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
  dynamoApiKeyStore,
  dynamoOrganizationStore,
  dynamoTaskStore,
  dynamoTicketStore,
  dynamoUserStore,
  foundOrganization as foundOnDynamo,
  storedSecret,
} from '../src/adapters/dynamodb/index.ts';
import {
  foundOrganization,
  openDatabase,
  sqliteApiKeyStore,
  sqliteOrganizationStore,
  sqliteTaskStore,
  sqliteTicketStore,
  sqliteUserStore,
} from '../src/adapters/sqlite/index.ts';
import { keySecrets } from '../src/hosts/key-secrets.ts';
import { peopleOf } from '../src/hosts/people.ts';
import { contextOf } from './context.ts';
import { type LocalDynamo, NO_DYNAMODB, startLocalDynamo } from './dynamodb.ts';

const ORGANIZATIONS = ['org_a', 'org_b'] as const;

interface Stores {
  readonly tickets: TicketStore;
  readonly tasks: TaskStore;
  readonly users: UserStore;
  readonly keys: ApiKeyStore;
  readonly organizations: OrganizationStore;
  /** Everything that is stored of an organization, as text. */
  stored(organizationId: string): Promise<string>;
  close(): Promise<void>;
}

async function onSqlite(): Promise<Stores> {
  const database = openDatabase(':memory:');
  for (const id of ORGANIZATIONS) {
    await foundOrganization(database, { id, name: id, adminId: 'usr_admin' }, '2026-01-01T00:00:00.000Z');
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

async function onDynamo(local: LocalDynamo): Promise<Stores> {
  const db = await local.open();
  for (const organizationId of ORGANIZATIONS) {
    await foundOnDynamo(
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
      // Every key names its organization.
      const foreign = items.filter(({ pk }) => !/^([TDUYO]#org_[ab]#|SECRET$)/.test(pk));
      expect(foreign).toEqual([]);
      return JSON.stringify(items.filter(({ pk }) => pk.includes(`#${organizationId}#`)));
    },
    close: async () => db.client.destroy(),
  };
}

function verbsOf({ tickets, tasks, users, keys, organizations }: Stores) {
  const people = peopleOf(users);
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

type Verb = ReturnType<ReturnType<typeof verbsOf>>;

/** As somebody who is not the operator comes to organizations. */
const member = (verb: Verb): Verb => ({
  ...verb,
  ctx: { ...verb.ctx, access: { right: 'organizations:manage', reach: 'own' } },
});

// Every operation is tried with ids that may belong to the other organization.
const OPERATIONS: readonly ((verb: Verb, mark: string, id: string, any: number) => Promise<unknown>)[] = [
  (verb, mark, _, any) =>
    createTicket(verb, {
      title: mark,
      tags: [mark],
      email: `${mark}@example.com`,
      externalId: `same-${any % 5}`,
    }),
  (verb, mark) => createTask(verb, { title: mark }),
  (verb, mark, _, any) => createUser(verb, { id: `user-${any % 5}`, name: mark }),
  (verb, mark, id, any) => addMessage(verb, id, { body: mark, authorId: `user-${any % 5}` }),
  (verb, mark, id) => patchTicket(verb, id, { title: mark }, undefined),
  (verb, _, id) => deleteTicket(verb, id, undefined),
  (verb, _, id) => restoreTicket(verb, id),
  (verb, _, id) => readTicket(verb, id),
  (verb, _, id) => listMessages(verb, id, { limit: 100, sort: 'createdAt' }),
  (verb, _, id) => listHistory(verb, id, { limit: 100, sort: 'createdAt' }),
  (verb, mark, id) => createTask(verb, { title: mark, ticketId: id }),
  (verb, mark, id) => patchTask(verb, id, { title: mark }, undefined),
  (verb, _, id) => readTask(verb, id),
  (verb, _, id) => deleteTask(verb, id, undefined),
  (verb, mark, id) => patchUser(verb, id, { name: mark }, undefined),
  (verb, _, id) => readUser(verb, id),
  (verb, _, id) => deleteUser(verb, id, undefined),
  (verb, mark, id) => createApiKey(verb, { name: mark, scopes: ['read'], userId: id }),
  (verb, mark) => createApiKey(verb, { name: mark, scopes: ['read'] }),
  (verb, _, id) => readApiKey(verb, id),
  (verb, _, id) => revokeApiKey(verb, id, undefined),
  (verb) => listApiKeys(verb, { limit: 100, sort: '-createdAt' }),
  (verb, _, id) => listApiKeys(verb, { limit: 100, sort: '-createdAt', userId: id }),
  (verb, mark, id) => patchOrganization(member(verb), id, { name: mark }, undefined),
  (verb, _, id) => readOrganization(member(verb), id),
  (verb) => listOrganizations(member(verb), { limit: 100, sort: '-createdAt' }),
  (verb) => listTickets(verb, { limit: 100, sort: '-createdAt', filters: {} }),
  (verb, mark) => listTickets(verb, { limit: 100, sort: 'updatedAt', filters: { tag: [mark, otherMark(mark)] } }),
  (verb) => listTasks(verb, { limit: 100, sort: '-createdAt' }),
  (verb) => listUsers(verb, { limit: 100, sort: '-createdAt' }),
];

const markOf = (organizationId: string) => `mark-of-${organizationId}`;
const otherMark = (mark: string) => markOf(mark === markOf('org_a') ? 'org_b' : 'org_a');

async function staySealedOff(open: () => Promise<Stores>, numRuns: number): Promise<void> {
  const step = fc.record({
    organization: fc.constantFrom(...ORGANIZATIONS),
    operation: fc.nat(OPERATIONS.length - 1),
    id: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const stores = await open();
      const verb = verbsOf(stores);
      const ids = ['user-0', 'usr_admin', ...ORGANIZATIONS];
      for (const { organization, operation, id } of steps) {
        const mark = markOf(organization);
        const outcome = await OPERATIONS[operation]?.(verb(organization), mark, ids[id % ids.length] ?? '', id).catch(
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

describe('two organizations never see a byte of each other, whatever they do', () => {
  it('on SQLite', () => staySealedOff(onSqlite, 60));

  const why = NO_DYNAMODB === undefined ? '' : ` (skipped: ${NO_DYNAMODB})`;
  it.skipIf(NO_DYNAMODB)(
    `on DynamoDB${why}`,
    async () => {
      const local = await startLocalDynamo();
      await staySealedOff(() => onDynamo(local), 15).finally(() => local.stop());
    },
    120_000,
  );
});
