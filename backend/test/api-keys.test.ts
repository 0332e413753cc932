import { createSecretKey } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type ApiKeyStore, createApiKey } from '@curlew/core/api-key';
import type { AuditLog } from '@curlew/core/audit';
import { type Context, keyedMutex, type ReceiptStore } from '@curlew/core/kernel';
import type { OrganizationStore } from '@curlew/core/organization';
import type { TaskStore } from '@curlew/core/task';
import { firstAdmin, type UserStore } from '@curlew/core/user';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFirstOrganization as createFirstOnDynamo,
  type Dynamo,
  dynamoApiKeyStore,
  dynamoAuditLog,
  dynamoOrganizationStore,
  dynamoReceiptStore,
  dynamoTaskStore,
  dynamoUserStore,
  storedSecret as secretOnDynamo,
} from '../src/adapters/dynamodb/index.ts';
import {
  createFirstOrganization,
  openDatabase,
  sqliteApiKeyStore,
  sqliteAuditLog,
  sqliteOrganizationStore,
  sqliteReceiptStore,
  sqliteTaskStore,
  sqliteUserStore,
} from '../src/adapters/sqlite/index.ts';
import { keySecrets } from '../src/hosts/key-secrets.ts';
import { apiKeyProof } from '../src/http/api-key-proof.ts';
import { apiKeyRoutes } from '../src/http/api-keys.ts';
import { bind, createApp } from '../src/http/app.ts';
import { authentication } from '../src/http/authenticate.ts';
import { oneKey } from '../src/http/cursor.ts';
import { organizationRoutes } from '../src/http/organizations.ts';
import { taskRoutes } from '../src/http/tasks.ts';
import { userRoutes } from '../src/http/users.ts';
import { checkAnswer } from './api/contract-check.ts';
import { type Answer, get, patch, post, remove, type Sent } from './api/host.ts';
import { clock, contextOf, newId } from './context.ts';
import { describeOnDynamoDb, openTables } from './dynamodb.ts';

interface Stores {
  readonly keys: ApiKeyStore;
  readonly users: UserStore;
  readonly tasks: TaskStore;
  readonly organizations: OrganizationStore;
  readonly receipts: ReceiptStore;
  readonly audit: AuditLog;
  /** All stored data, as text. */
  stored(): Promise<string>;
  close(): Promise<void>;
}

const ORGANIZATIONS = ['org_a', 'org_b'].map((id) => ({ id, name: id, adminId: 'usr_admin' }));
const MINUTE = 60_000;

async function onSqlite(): Promise<Stores> {
  const database = openDatabase(':memory:');
  for (const organization of ORGANIZATIONS) await createFirstOrganization(database, organization, clock.iso());
  const tables = database.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return {
    keys: sqliteApiKeyStore(database),
    users: sqliteUserStore(database),
    tasks: sqliteTaskStore(database),
    organizations: sqliteOrganizationStore(database),
    receipts: sqliteReceiptStore(database),
    audit: sqliteAuditLog(database),
    stored: async () => JSON.stringify(tables.map(({ name }) => database.db.prepare(`SELECT * FROM ${name}`).all())),
    close: () => database.close(),
  };
}

async function onDynamo(db: Dynamo): Promise<Stores> {
  for (const organization of ORGANIZATIONS) await createFirstOnDynamo(db, organization, clock.iso());
  const addressKey = await secretOnDynamo(db, 'users');
  return {
    keys: dynamoApiKeyStore(db),
    users: dynamoUserStore(db, addressKey),
    tasks: dynamoTaskStore(db),
    organizations: dynamoOrganizationStore(db, addressKey),
    receipts: dynamoReceiptStore(db),
    audit: dynamoAuditLog(db),
    async stored() {
      const names = Object.values(db.tables);
      const pages = await Promise.all(names.map((TableName) => db.client.send(new ScanCommand({ TableName }))));
      return JSON.stringify(pages.map(({ Items }) => Items));
    },
    close: async () => db.client.destroy(),
  };
}

/** An API that requires a key, with a clock that `later` moves ahead. `outputs` has every response and log entry. */
function apiWithKeys(stores: Stores) {
  const { keys, users, tasks, organizations, receipts } = stores;
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const outputs: string[] = [];
  const callers = authentication([apiKeyProof({ keys, users, secrets: keySecrets, newId, now })], now);
  const app = createApp(
    {
      authenticate: callers.authenticate,
      forgetCallers: callers.forget,
      basePath: '',
      addressOf: () => '127.0.0.1',
      // The real time, because DynamoDB refuses a write whose time was more than three seconds ago.
      now: () => new Date().toISOString(),
      wallNow: () => new Date(now()).toISOString(),
      newId,
      runExclusive: keyedMutex(),
      pause: async () => {},
      receipts,
      cursorKeys: oneKey(Buffer.alloc(32)),
      fingerprintKey: async () => createSecretKey(Buffer.alloc(32)),
      log: (entry) => outputs.push(JSON.stringify(entry)),
    },
    [
      bind(userRoutes, { users }),
      bind(apiKeyRoutes, { keys, users, secrets: keySecrets }),
      bind(organizationRoutes, { organizations, firstAdmin }),
      bind(taskRoutes, { tasks, tickets: { exists: async () => true } }),
    ],
  );
  return {
    outputs,
    now,
    later(milliseconds: number) {
      ahead += milliseconds;
    },
    async send({ method, path, headers, body }: Sent, key?: string): Promise<Answer> {
      const sent = {
        ...headers,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await app.request(path, { method, headers: sent, ...init });
      const text = await response.text();
      const answer = { status: response.status, headers: response.headers, text, body: text && JSON.parse(text) };
      checkAnswer({ method, path }, answer);
      outputs.push(text, JSON.stringify([...response.headers]));
      return answer;
    },
  };
}

function keysAtWork(open: () => Promise<Stores>): void {
  let stores: Stores;
  let api: ReturnType<typeof apiWithKeys>;
  let adminKey: string;
  const issued: string[] = [];
  const issue = async (input: object, by = adminKey) => {
    const answer = await api.send(post('/v1/api-keys', { name: 'K', scopes: ['write'], ...input }), by);
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
    issued.push(answer.body.key);
    // Only this response may contain the key, so it does not count as an output.
    api.outputs.splice(-2, 2);
    return answer.body as { id: string; key: string };
  };

  beforeAll(async () => {
    stores = await open();
    api = apiWithKeys(stores);
    const { actor, ...context } = contextOf();
    const ctx = { ...context, actor: { ...actor, operator: true } };
    const deps = { ctx, keys: stores.keys, secrets: keySecrets, users: stores.users };
    adminKey = (await createApiKey(deps, { name: 'First', scopes: ['write'] })).text;
    issued.push(adminKey);
    for (const [id, role] of [
      ['bot', 'agent'],
      ['other', 'agent'],
      ['boss', 'admin'],
    ]) {
      expect(await api.send(post('/users', { id, role }), adminKey)).toMatchObject({ status: 201 });
    }
  });
  afterAll(() => stores.close());

  it('authenticate their user, as Bearer token and as x-api-key', async () => {
    const { key } = await issue({ userId: 'bot', scopes: ['users:read'] });
    expect(await api.send(get('/me'), key)).toMatchObject({ status: 200, body: { id: 'bot', role: 'agent' } });
    expect(await api.send(get('/v1/me', { 'x-api-key': key }))).toMatchObject({ status: 200, body: { id: 'bot' } });
    expect(await api.send(get('/me', { authorization: `bearer  ${key}` }))).toMatchObject({ status: 200 });
  });

  it('give no right outside their scopes, and the error names the missing right', async () => {
    const { key } = await issue({ userId: 'bot', scopes: ['read'] });
    expect(await api.send(get('/tasks'), key)).toMatchObject({ status: 200 });
    const answer = await api.send(post('/tasks', { title: 'T' }), key);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', right: 'tasks:write' } });
    expect(answer.body.detail).toContain('API key');
  });

  it('give no right that their user does not have', async () => {
    const { key } = await issue({ userId: 'bot' });
    expect(await api.send(remove('/users/other'), key)).toMatchObject({ status: 403, body: { right: 'users:manage' } });
  });

  it('cannot create a key with more rights than their own', async () => {
    const { key } = await issue({ userId: 'bot', scopes: ['tasks:read', 'api-keys:manage'] });
    const more = await api.send(post('/api-keys', { name: 'More', scopes: ['read'] }), key);
    expect(more).toMatchObject({ status: 403, body: { right: 'tickets:read' } });
    const less = await issue({ scopes: ['tasks:read'] }, key);
    expect(await api.send(get('/tasks'), less.key)).toMatchObject({ status: 200 });
    expect(await api.send(get('/api-keys'), less.key)).toMatchObject({ status: 403 });
  });

  it('are managed by their users, and by admins', async () => {
    const bot = await issue({ userId: 'bot' });
    const other = await issue({ userId: 'other' });
    expect(await api.send(get(`/api-keys/${other.id}`), bot.key)).toMatchObject({ status: 404 });
    expect(await api.send(remove(`/api-keys/${other.id}`), bot.key)).toMatchObject({ status: 404 });
    expect(await api.send(get('/api-keys?userId=other'), bot.key)).toMatchObject({ status: 403 });
    const stranger = post('/api-keys', { name: 'N', scopes: ['read'], userId: 'other' });
    expect(await api.send(stranger, bot.key)).toMatchObject({ status: 403, body: { right: 'api-keys:manage' } });
    const own = await api.send(get('/api-keys'), bot.key);
    expect(new Set(own.body.map(({ userId }: { userId: string }) => userId))).toEqual(new Set(['bot']));
    const weak = await issue({ userId: 'bot', scopes: ['read'] });
    expect(await api.send(get(`/api-keys/${bot.id}`), weak.key)).toMatchObject({ status: 403 });
    expect(await api.send(get(`/api-keys/${other.id}`), weak.key)).toMatchObject({ status: 404 });
    expect(await api.send(get(`/api-keys/${other.id}`), adminKey)).toMatchObject({ status: 200 });
    expect(await api.send(remove(`/api-keys/${other.id}`), adminKey)).toMatchObject({ status: 204 });
  });

  it('manage organizations only for the operator, and only with the scope for it', async () => {
    const found = post('/organizations', { name: 'O', admin: { email: 'o@example.com', name: 'O' } });
    expect(await api.send(found, adminKey)).toMatchObject({ status: 201 });
    const { key } = await issue({ scopes: ['tasks:read', 'users:read'] });
    expect(await api.send(found, key)).toMatchObject({ status: 403, body: { right: 'organizations:manage' } });
    const reading = await issue({ scopes: ['organizations:read'] });
    expect((await api.send(get('/organizations'), reading.key)).body.length).toBeGreaterThan(2);
    expect(await api.send(found, reading.key)).toMatchObject({ status: 403 });
    const boss = await issue({ userId: 'boss' });
    expect(await api.send(found, boss.key)).toMatchObject({ status: 403 });
    expect((await api.send(get('/organizations'), boss.key)).body).toMatchObject([{ id: 'org_a' }]);
    expect(await api.send(get('/organizations/org_b'), boss.key)).toMatchObject({ status: 404 });
    expect(await api.send(patch('/organizations/org_b', { name: 'Mine' }), boss.key)).toMatchObject({ status: 404 });
    const bot = await issue({ userId: 'bot' });
    expect(await api.send(patch('/organizations/org_a', { name: 'M' }), bot.key)).toMatchObject({ status: 403 });
  });

  describe('of the operator', () => {
    const createAs = async (actor: object, scopes: ('write' | 'tasks:read')[]) => {
      const ctx = { ...contextOf(), actor: { organizationId: 'org_a', userId: 'usr_admin', role: 'admin', ...actor } };
      const deps = { keys: stores.keys, secrets: keySecrets, users: stores.users };
      return createApiKey({ ctx: ctx as Context, ...deps }, { name: 'K', scopes });
    };

    it('cannot be created by an admin, with any scopes', async () => {
      const boss = await issue({ userId: 'boss' });
      for (const scopes of [['write'], ['users:manage'], ['tasks:read']]) {
        const asOperator = post('/api-keys', { name: 'N', scopes, userId: 'usr_admin' });
        const answer = await api.send(asOperator, boss.key);
        expect(answer).toMatchObject({ status: 403, body: { right: 'organizations:manage' } });
      }
    });

    it('have operator rights only if the operator created them with operator rights', async () => {
      await expect(createAs({ signedIn: true }, ['write'])).rejects.toMatchObject({
        code: 'forbidden',
        details: { right: 'organizations:read' },
      });
      expect((await createAs({ signedIn: true }, ['tasks:read'])).record.operator).toBe(false);
      expect((await createAs({ operator: true }, ['tasks:read'])).record.operator).toBe(false);
      expect((await createAs({ operator: true }, ['write'])).record.operator).toBe(true);
    });

    it('cannot change the address of the operator without operator rights', async () => {
      const { key } = await issue({ scopes: ['users:read', 'users:write', 'users:manage', 'api-keys:manage'] });
      const change = patch('/users/usr_admin', { email: 'mine@example.com' });
      expect(await api.send(change, key)).toMatchObject({ status: 403, body: { right: 'organizations:manage' } });
      expect(await api.send(patch('/users/usr_admin', { email: null }), adminKey)).toMatchObject({ status: 200 });
    });

    it('are not valid if another admin created them, as earlier versions allowed', async () => {
      const { record, text } = await createAs({ operator: true }, ['write']);
      const id = newId('key');
      const made = keySecrets.make('org_a', id);
      const apiKey = { ...record.apiKey, id, createdById: 'boss' };
      await stores.keys.save({ record: { ...record, apiKey, digest: keySecrets.digest(made.text) } });
      expect(await api.send(get('/me'), text)).toMatchObject({ status: 200 });
      expect(await api.send(get('/me'), made.text)).toMatchObject({ status: 401 });
    });
  });

  describe('that were created by another user or with another key', () => {
    const person = async (id: string, role: string) => {
      expect(await api.send(post('/users', { id, role }), adminKey)).toMatchObject({ status: 201 });
      return (await issue({ userId: id })).key;
    };

    it('name the key that they were created with, and are revoked with it', async () => {
      const root = await issue({ userId: 'bot' });
      const child = await issue({}, root.key);
      const grandchild = await issue({}, child.key);
      const sibling = await issue({}, root.key);
      const bystander = await issue({ userId: 'bot' });
      expect((await api.send(get(`/api-keys/${grandchild.id}`), adminKey)).body.createdByKeyId).toBe(child.id);
      expect(await api.send(get('/me'), grandchild.key)).toMatchObject({ status: 200 });
      expect(await api.send(remove(`/api-keys/${child.id}`), adminKey)).toMatchObject({ status: 204 });
      for (const { key } of [child, grandchild]) expect(await api.send(get('/me'), key)).toMatchObject({ status: 401 });
      expect(await api.send(get('/me'), sibling.key)).toMatchObject({ status: 200 });
      expect(await api.send(remove(`/api-keys/${root.id}`), adminKey)).toMatchObject({ status: 204 });
      for (const { id } of [root, child, grandchild, sibling]) {
        expect(await api.send(get(`/api-keys/${id}`), adminKey)).toMatchObject({ status: 404 });
      }
      expect(await api.send(get('/me'), sibling.key)).toMatchObject({ status: 401 });
      expect(await api.send(get('/me'), bystander.key)).toMatchObject({ status: 200 });
      const { items } = await stores.audit.list('org_a', { limit: 20, sort: '-createdAt' });
      expect(items.find(({ subjectId }) => subjectId === sibling.id)).toMatchObject({
        action: 'api_key.revoked',
        details: { userId: 'bot', createdWith: root.id },
      });
    });

    it('are not valid after the first key was revoked, even if their own records were not changed', async () => {
      const root = await issue({ userId: 'bot' });
      const child = await issue({}, root.key);
      const record = await stores.keys.find('org_a', root.id);
      if (record === undefined) throw new Error('The key has no record.');
      const apiKey = { ...record.apiKey, version: record.apiKey.version + 1 };
      await stores.keys.save({ record: { ...record, apiKey, revokedAt: new Date().toISOString() }, before: record });
      expect(await apiWithKeys(stores).send(get('/me'), child.key)).toMatchObject({ status: 401 });
    });

    it('form chains of at most ten keys', async () => {
      // Two keys: the admin's key creates the bot's.
      let { key } = await issue({ userId: 'bot' });
      for (let i = 2; i < 10; i++) ({ key } = await issue({}, key));
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
      const eleventh = post('/api-keys', { name: 'N', scopes: ['read'] });
      expect(await api.send(eleventh, key)).toMatchObject({ status: 403, body: { right: 'api-keys:manage' } });
    });

    it('have no more rights than their creator has now, and none if the creator is not active', async () => {
      const chief = await person('chief', 'admin');
      const { key } = await issue({ userId: 'boss' }, chief);
      const child = await issue({ userId: 'boss' }, key);
      const outcomes = async () => {
        const answers = [];
        for (const one of [key, child.key]) answers.push((await api.send(get('/api-keys?userId=bot'), one)).status);
        return answers;
      };
      expect(await outcomes()).toEqual([200, 200]);
      await api.send(patch('/users/chief', { role: 'agent' }), adminKey);
      expect(await outcomes()).toEqual([403, 403]);
      await api.send(patch('/users/chief', { active: false }), adminKey);
      expect(await outcomes()).toEqual([401, 401]);
      await api.send(patch('/users/chief', { active: true, role: 'admin' }), adminKey);
      expect(await outcomes()).toEqual([200, 200]);
      await api.send(remove('/users/chief'), adminKey);
      expect(await outcomes()).toEqual([401, 401]);
    });

    it('do not gain rights when their creator is promoted', async () => {
      const key = await person('riser', 'agent');
      const own = await issue({}, key);
      await api.send(patch('/users/riser', { role: 'admin' }), adminKey);
      expect(await api.send(remove('/users/other'), own.key)).toMatchObject({ status: 403 });
      expect(await api.send(get('/tasks'), own.key)).toMatchObject({ status: 200 });
      expect(await api.send(remove('/users/other-yet'), key)).toMatchObject({ status: 404 });
    });

    it('are at most fifty for each user, also if sixty are created at once in two processes', async () => {
      expect(await api.send(post('/users', { id: 'crowd', role: 'agent' }), adminKey)).toMatchObject({ status: 201 });
      const processes = [apiWithKeys(stores), apiWithKeys(stores)];
      const one = post('/api-keys', { name: 'N', scopes: ['read'], userId: 'crowd' });
      const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => processes[i % 2]?.send(one, adminKey)));
      const made = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body.id as string] : []));
      expect(made).toHaveLength(50);
      expect(await stores.keys.list('org_a', { limit: 60, sort: 'createdAt', userId: 'crowd' })).toMatchObject({
        items: { length: 50 },
      });
      expect(await api.send(one, adminKey)).toMatchObject({ status: 409, body: { code: 'too_many_api_keys' } });
      await api.send(remove(`/api-keys/${made[0]}`), adminKey);
      expect(await api.send(one, adminKey)).toMatchObject({ status: 201 });
      expect(await api.send(one, adminKey)).toMatchObject({ status: 409 });
    });
  });

  describe('that are refused', () => {
    const refused = async (key: string) => {
      const answer = await api.send(get('/me'), key);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
      expect(answer.body.detail).toBe('The access token or API key is invalid, expired or revoked; send a valid one.');
    };
    /** A text in the form of a key, with a correct checksum. */
    const forged = (organizationId: string, keyId: string) => keySecrets.make(organizationId, keyId).text;

    it('are keys that were never created, with or without a correct checksum', async () => {
      const { id, key } = await issue({ userId: 'bot' });
      await refused(forged('org_a', newId('key')));
      await refused(forged('org_a', id));
      await refused(forged('nowhere', id));
      await refused(key.replace('org_a', 'org_b'));
      await refused(forged('org_b', id));
      await refused(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`);
      await refused(key.toLowerCase());
      await refused('clw_');
      await refused(`clw_${'a'.repeat(5000)}`);
      await refused('abc');
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
    });

    it('are revoked keys: at once in the same process, and within a minute in others', async () => {
      const { id, key } = await issue({ userId: 'bot' });
      const elsewhere = apiWithKeys(stores);
      expect(await elsewhere.send(get('/me'), key)).toMatchObject({ status: 200 });
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
      expect(await api.send(remove(`/api-keys/${id}`), key)).toMatchObject({ status: 204 });
      await refused(key);
      elsewhere.later(MINUTE + 1);
      expect(await elsewhere.send(get('/me'), key)).toMatchObject({ status: 401 });
    });

    it('are expired keys', async () => {
      const { key } = await issue({ userId: 'bot', expiresAt: new Date(api.now() + MINUTE / 2).toISOString() });
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
      api.later(MINUTE / 2);
      await refused(key);
    });

    it('are keys of inactive and deleted users', async () => {
      await api.send(post('/users', { id: 'leaver', role: 'agent' }), adminKey);
      const { key } = await issue({ userId: 'leaver' });
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
      await api.send(patch('/users/leaver', { active: false }), adminKey);
      await refused(key);
      await api.send(patch('/users/leaver', { active: true }), adminKey);
      expect(await api.send(get('/me'), key)).toMatchObject({ status: 200 });
      await api.send(remove('/users/leaver'), adminKey);
      await refused(key);
    });
  });

  it('have the rights of the current role of their user', async () => {
    const { key } = await issue({ userId: 'other' });
    expect(await api.send(get('/tasks'), key)).toMatchObject({ status: 200 });
    await api.send(patch('/users/other', { role: 'customer' }), adminKey);
    expect(await api.send(get('/tasks'), key)).toMatchObject({ status: 403, body: { right: 'tasks:read' } });
    await api.send(patch('/users/other', { role: 'agent' }), adminKey);
  });

  it('record their use once an hour, and work even if the record fails', async () => {
    const { id, key } = await issue({ userId: 'bot' });
    const times: string[] = [];
    const counting: Stores = {
      ...stores,
      keys: {
        ...stores.keys,
        async recordUse(use) {
          times.push(use.time);
          if (times.length === 1) throw new Error('The disk is full.');
          await stores.keys.recordUse(use);
        },
      },
    };
    const counted = apiWithKeys(counting);
    for (const minutes of [0, 2, 2, 30, 30]) {
      counted.later(minutes * MINUTE);
      expect(await counted.send(get('/me'), key)).toMatchObject({ status: 200 });
    }
    // The first attempt failed, the second repeated it, and the third came an hour later.
    expect(times).toHaveLength(3);
    const { apiKey } = (await stores.keys.find('org_a', id)) ?? {};
    expect(apiKey).toMatchObject({ lastUsedAt: times[2], version: 1 });
  });

  it('have one audit entry for each hour of use, also if many processes serve their first requests at once', async () => {
    const { id, key } = await issue({ userId: 'bot' });
    const processes = [apiWithKeys(stores), apiWithKeys(stores)];
    const useTwentyTimes = async () => {
      const requests = Array.from({ length: 20 }, (_, i) => processes[i % 2]?.send(get('/me'), key));
      for (const answer of await Promise.all(requests)) expect(answer).toMatchObject({ status: 200 });
    };
    const uses = async () => {
      const { items } = await stores.audit.list('org_a', { limit: 100, sort: '-createdAt' });
      return items.filter(({ action, keyId }) => action === 'api_key.used' && keyId === id).length;
    };
    await useTwentyTimes();
    expect(await uses()).toBe(1);
    for (const one of processes) one.later(60 * MINUTE);
    await useTwentyTimes();
    expect(await uses()).toBe(2);
  });

  it('are shown once', async () => {
    const repeated = { ...post('/api-keys', { name: 'Once', scopes: ['read'] }), headers: { 'idempotency-key': 'k' } };
    const first = await api.send(repeated, adminKey);
    issued.push(first.body.key);
    api.outputs.splice(-2, 2);
    const again = await api.send(repeated, adminKey);
    expect(again).toMatchObject({ status: 409, body: { code: 'already_issued' } });
    expect(again.body.detail).toContain(first.body.id);
    await api.send(get('/api-keys?limit=100'), adminKey);
    await api.send(get(`/api-keys/${first.body.id}`), adminKey);

    const everything = [...api.outputs, await stores.stored()].join('\n');
    expect(issued.length).toBeGreaterThan(10);
    // The secret end of a key. Responses show its beginning, so that users can recognise it.
    for (const key of issued) expect(everything).not.toContain(key.slice(-34));
  });
}

describe('API keys on SQLite', () => keysAtWork(onSqlite));

describeOnDynamoDb('API keys on DynamoDB', () => {
  keysAtWork(async () => onDynamo(await openTables()));
});
