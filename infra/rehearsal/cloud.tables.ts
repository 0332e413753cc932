import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, get, patch, post, remove, type Sent } from '../../backend/test/api/host.ts';
import { cloudAt } from '../../rehearsal/aws/cloud.ts';
import { poolAccounts } from '../../rehearsal/aws/pool-accounts.ts';
import { nextSigningKey } from '../deploy/next-signing-key.ts';
import { type DeployedHost, deployedHost } from './deployed-host.ts';
import { replayEvents } from './replay-events.ts';
import { secretsAt } from './secrets-at.ts';

/** Tests that need a deployment: the delivery of events through AWS, and failures of AWS services. */
describe('a deployed system', () => {
  let host: DeployedHost;
  beforeEach(async () => {
    host = await deployedHost();
  });
  afterEach(() => host.stop());

  const countedTickets = async (): Promise<number> => {
    await host.settled();
    return (await sendWithRetries(get('/v1/analytics/summary'))).body.tickets.total;
  };
  const open = (title: string, key?: string) =>
    host.send(post('/v1/tickets', { title }, key === undefined ? {} : { 'idempotency-key': key }));
  /** Sends a request like a client with retries: after an error, a 5xx or a 409 it tries again, at most ten times. */
  async function sendWithRetries(request: Sent): Promise<Answer> {
    for (let tries = 0; tries < 10; tries++) {
      const answer = await host.send(request).catch((error: unknown) => error as Error);
      if (!(answer instanceof Error) && answer.status < 500 && answer.status !== 409) return answer;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${request.method} ${request.path} was not answered in ten tries.`);
  }
  async function allTickets(): Promise<{ id: string; title: string }[]> {
    const all: { id: string; title: string }[] = [];
    let next: string | undefined = '/v1/tickets?limit=100';
    while (next !== undefined) {
      const page: Answer = await host.send(get(next));
      all.push(...page.body);
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    return all;
  }

  it('updates the counts of tickets through stream, bus and rule', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => open(`T${i}`)));
    expect(made.map(({ status }) => status)).toEqual(Array(20).fill(201));
    await host.send(patch(`/v1/tickets/${made[0]?.body.id}`, { status: 'RESOLVED' }));
    await host.settled();
    const { body } = await host.send(get('/v1/analytics/summary'));
    expect(body.tickets).toMatchObject({ total: 20, byStatus: { NEW: 19, RESOLVED: 1 } });
  });

  it('requires authentication in every function, and accepts an API key in every function', async () => {
    for (const path of ['/v1/tickets', '/v1/tasks', '/v1/users', '/v1/analytics/summary']) {
      for (const authorization of ['', 'Bearer nonsense', 'Bearer clw_default_0_0', 'Basic YTpi']) {
        const refused = await host.send(get(path, { authorization }));
        expect([path, refused.status, refused.body.code]).toEqual([path, 401, 'unauthenticated']);
      }
      const { body } = await host.send(post('/v1/api-keys', { name: path, scopes: ['read'] }));
      const byKey = (method: string) => host.send({ method, path, headers: { 'x-api-key': body.key }, body: {} });
      expect((await host.send(get(path, { 'x-api-key': body.key }))).status).toBe(200);
      if (path !== '/v1/analytics/summary') expect((await byKey('POST')).body).toMatchObject({ code: 'forbidden' });
      await host.send(remove(`/v1/api-keys/${body.id}`));
    }
    const { body: entries } = await host.send(get('/v1/audit?limit=100'));
    const count = (action: string) => entries.filter((one: { action: string }) => one.action === action).length;
    // One key of the admin, and one key for each of the four paths.
    expect(['api_key.created', 'api_key.used', 'api_key.revoked'].map(count)).toEqual([5, 5, 4]);
  });

  it('accepts access tokens of the pool while their user is active', async () => {
    const { pool, cloudUrl } = host.facts;
    const accounts = poolAccounts(cloudUrl, pool?.user_pool_id ?? '');
    await host.send(post('/v1/users', { id: 'ana', name: 'Ana', role: 'agent', email: 'ana@example.com' }));
    await host.settled();
    const [{ username = '' } = {}] = await accounts.of('default', 'ana');
    const { accessToken, idToken } = await host.signIn(username);
    const asked = (path: string, token: string) => host.send(get(path, { authorization: `Bearer ${token}` }));
    for (const path of ['/v1/tickets', '/v1/tasks', '/v1/users', '/v1/analytics/summary']) {
      expect([path, (await asked(path, accessToken)).status]).toEqual([path, 200]);
    }
    expect((await asked('/v1/me', accessToken)).body).toMatchObject({ id: 'ana', role: 'agent' });
    expect((await asked('/v1/audit', accessToken)).body).toMatchObject({ code: 'forbidden' });
    // An ID token has the same signing key and issuer, but it is for the client application, not for the API.
    expect((await asked('/v1/me', idToken)).status).toBe(401);
    const [head, , signature] = accessToken.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: pool?.issuer, user: 'usr_admin' })).toString('base64url');
    expect((await asked('/v1/me', `${head}.${forged}.${signature}`)).status).toBe(401);
    await accounts.make('unknown', { 'custom:organization': 'default', 'custom:user': 'unknown' });
    await expect(host.signIn('unknown')).rejects.toThrow('This account is not active');
    // The accounts function fails, so the pool's account stays enabled although the user is inactive.
    await host.fault({ function: 'accounts', action: '*', error: 'AccessDeniedException', times: 1_000_000 });
    await host.send(patch('/v1/users/ana', { active: false }));
    await expect(host.signIn(username)).rejects.toThrow('This account is not active');
    await host.heal();
    await host.settled();
    await expect(host.signIn(username)).rejects.toThrow('User is disabled');
  });

  it('hides the data of an organization from all other organizations', async () => {
    const admin = { email: 'a@example.org', name: 'A' };
    const { body } = await host.send(post('/v1/organizations', { name: 'Other', admin }));
    const { body: ticket } = await open('Ours');
    expect((await host.send(get(`/v1/organizations/${body.id}`))).status).toBe(200);
    // The operator manages organizations, but cannot read the data of another organization.
    expect((await host.send(get(`/v1/users/${body.admin.id}`))).status).toBe(404);
    expect((await host.send(get(`/v1/tickets/${ticket.id}`))).status).toBe(200);
  });

  describe('the keys of cursors', () => {
    const rotateKeys = async (options?: { leaked: boolean }) => {
      const { cloudUrl, signingSecret } = host.facts;
      if (signingSecret !== '') await nextSigningKey(secretsAt(cloudUrl), signingSecret, options);
    };

    it('stay valid after a restart and, if they are in a secret, after a rotation', async () => {
      const tickets = host.functionOf('tickets');
      const titles: string[] = [];
      const page = async (path: string) => {
        const answer = await host.send(get(path));
        titles.push(...answer.body.map(({ title }: { title: string }) => title));
        return /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
      };
      for (const title of ['a', 'b', 'c', 'd']) await open(title);
      const second = await page('/v1/tickets?limit=1&sort=createdAt');
      await rotateKeys();
      const third = await page(second);
      await host.restart(tickets);
      const fourth = await page(third);
      await page(fourth);
      expect(titles).toEqual(['a', 'b', 'c', 'd']);
      // Proves that functions use the secret: after all its keys are replaced, an old cursor is invalid.
      await rotateKeys({ leaked: true });
      await host.restart(tickets);
      const { status } = await host.send(get(fourth));
      expect(status).toBe(host.facts.signingSecret === '' ? 200 : 400);
    });

    it('are needed only by lists: other requests work while the keys cannot be read', async () => {
      const endless = { action: 'GetSecretValue', error: '500', times: 1_000_000 };
      await host.fault({ function: host.functionOf('tickets'), ...endless });
      expect((await open('Intake goes on')).status).toBe(201);
      expect((await host.send(get('/v1/tickets'))).status).toBe(host.facts.signingSecret === '' ? 200 : 503);
      await host.heal();
      expect((await allTickets()).map(({ title }) => title)).toEqual(['Intake goes on']);
    });
  });

  it('lets AWS clients read items and invoke functions', async () => {
    const aws = cloudAt(host.facts.cloudUrl);
    const { body } = await open('T');
    const Key = { pk: { S: `T#default#K#${body.id}` }, sk: { S: 'A' } };
    const { Item } = await aws.tables.send(new GetItemCommand({ TableName: 'support-tickets-dev', Key }));
    expect(Item).toBeDefined();
    const Payload = Buffer.from('{"Records":[]}');
    const run = await aws.functions.send(new InvokeCommand({ FunctionName: 'support-relay-dev', Payload }));
    expect([run.FunctionError, run.Payload?.transformToString()]).toEqual([undefined, '{"batchItemFailures":[]}']);
  });

  it.each([
    ['/v1/openapi.yaml', /^openapi: /],
    ['/v1/docs/assets/swagger-ui.css', /\{/],
    ['/v1/docs', /^<!doctype html>/],
  ])('answers %s as text, not as Base64', async (path, expected) => {
    expect((await host.send(get(path))).text).toMatch(expected);
  });

  it('publishes its own URLs in the contract', async () => {
    const { body } = await host.send(get('/v1/openapi.json'));
    expect(body.servers).toMatchObject([{ url: `${host.facts.basePath}/v1` }]);
    const [, problems = ''] = /\[each code\]\(([^)]+)\)/.exec(body.info.description) ?? [];
    expect(problems).toBe(`${host.facts.basePath}/docs/errors`);
  });

  it.each([
    ['tickets', { title: 'T' }],
    ['tasks', { title: 'T' }],
    ['users', { name: 'U' }],
  ])('stores a receipt for an update of %s that changes nothing', async (kind, fields) => {
    const { body } = await host.send(post(`/v1/${kind}`, fields));
    const same = () => host.send(patch(`/v1/${kind}/${body.id}`, fields, { 'idempotency-key': 'same' }));
    const [first, second] = [await same(), await same()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it.each(['ProvisionedThroughputExceededException', '500', 'lost'])(
    'loses and duplicates nothing while calls of tables fail with %s',
    async (error) => {
      for (const name of new Set(['tickets', 'analytics'].map(host.functionOf))) {
        await host.fault({ function: name, action: '*', error, times: 3 });
      }
      await host.fault({ function: 'relay', action: 'PutEvents', error: error === 'lost' ? '500' : error, times: 3 });
      await host.fault({ function: 'ticket-counts', action: '*', error, times: 3 });
      const titles = ['a', 'b', 'c', 'd', 'e'];
      const answers = await Promise.all(
        titles.map((title) => sendWithRetries(post('/v1/tickets', { title }, { 'idempotency-key': title }))),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
      expect((await allTickets()).map(({ title }) => title).sort()).toEqual(titles);
      expect(await countedTickets()).toBe(5);
    },
  );

  it('answers within a limited time if a call of a table hangs', async () => {
    await host.fault({ function: host.functionOf('tickets'), action: '*', error: 'hang', times: 1 });
    const answer = await sendWithRetries(post('/v1/tickets', { title: 'Slow' }, { 'idempotency-key': 'slow' }));
    expect(answer.status).toBe(201);
    expect(await countedTickets()).toBe(1);
  });

  it('answers with a problem document while all calls of a table hang', async () => {
    await host.fault({ function: host.functionOf('tickets'), action: '*', error: 'hang', times: 1_000_000 });
    const answer = await host.send(post('/v1/tickets', { title: 'Outage' }));
    await host.heal();
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(await countedTickets()).toBe(0);
  });

  it.each(['kill', 'kill-after'])(
    'creates one ticket if the process is killed during the write (%s)',
    async (error) => {
      await host.fault({ function: host.functionOf('tickets'), action: 'TransactWriteItems', error, times: 2 });
      const answers = await Promise.all(
        ['a', 'b', 'c', 'd'].map((title) =>
          sendWithRetries(post('/v1/tickets', { title }, { 'idempotency-key': title })),
        ),
      );
      const ids = answers.map(({ body }) => body.id).sort();
      expect((await allTickets()).map(({ id }) => id).sort()).toEqual(ids);
      expect(await countedTickets()).toBe(4);
      expect(await host.eventTypes()).toEqual(Array(4).fill('ticket.created'));
    },
  );

  it('delivers every event if the relay is killed', async () => {
    await host.fault({ function: 'relay', action: 'PutEvents', error: 'kill', times: 1 });
    await host.fault({ function: 'relay', action: 'PutEvents', error: 'kill-after', times: 1 });
    await Promise.all(['a', 'b', 'c'].map((title) => open(title)));
    expect(await countedTickets()).toBe(3);
  });

  it('sends an event again if the bus rejected it', async () => {
    await host.fault({ function: 'relay', action: 'PutEvents', error: 'partial', times: 3 });
    await Promise.all(['a', 'b', 'c'].map((title) => open(title)));
    expect(await countedTickets()).toBe(3);
  });

  it('counts many concurrent tickets correctly', async () => {
    const made = await Promise.all(Array.from({ length: 60 }, (_, i) => open(`T${i}`)));
    const change = ({ body }: Answer) => host.send(patch(`/v1/tickets/${body.id}`, { priority: 'HIGH' }));
    await Promise.all(made.map(change));
    await host.settled();
    const { body } = await host.send(get('/v1/analytics/summary'));
    expect(body.tickets).toMatchObject({ total: 60, byPriority: { HIGH: 60, MEDIUM: 0 } });
    expect(await replayEvents(host, '--subscription', 'ticket-counts')).toMatch('Replayed 0 events');
  });

  it('counts an event once if it is delivered twice', async () => {
    await host.fault({ function: 'relay', delivery: 'redelivery', times: 2 });
    await host.fault({ function: 'ticket-counts', delivery: 'redelivery', times: 3 });
    await Promise.all(['a', 'b', 'c', 'd'].map((title) => open(title)));
    expect(await countedTickets()).toBe(4);
  });

  describe('an event that cannot be delivered', () => {
    const { queues } = cloudAt(process.env.CURLEW_REHEARSAL_AWS ?? '');
    const messagesIn = async (QueueUrl: string | undefined) => {
      const asked = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
      return (await queues.send(new GetQueueAttributesCommand(asked))).Attributes?.ApproximateNumberOfMessages;
    };

    it('to a failing function goes to its dead-letter queue, and counts after a replay', async () => {
      await host.fault({ function: 'ticket-counts', action: '*', error: 'AccessDeniedException', times: 1_000_000 });
      await open('Later');
      await host.settled();
      expect(await messagesIn(host.facts.deadLetterQueueUrls['ticket-counts'])).toBe('1');

      await host.heal();
      expect(await countedTickets()).toBe(0);
      expect(await replayEvents(host, '--subscription', 'ticket-counts')).toMatch('Replayed 1 events to ticket-counts');
      expect(await countedTickets()).toBe(1);
      expect(await messagesIn(host.facts.deadLetterQueueUrls['ticket-counts'])).toBe('0');
    });

    it('from the bus to an unreachable function goes to the same queue, and counts after a replay', async () => {
      await host.fault({ function: 'ticket-counts', delivery: 'unreachable', times: 1 });
      await open('Later');
      expect(await countedTickets()).toBe(0);
      expect(await messagesIn(host.facts.deadLetterQueueUrls['ticket-counts'])).toBe('1');
      expect(await replayEvents(host, '--subscription', 'ticket-counts')).toMatch('Replayed 1 events to ticket-counts');
      expect(await countedTickets()).toBe(1);
    });

    it('by the relay before it expires has its stream position in the dead-letter queue', async () => {
      await host.fault({ function: 'relay', action: 'PutEvents', error: 'AccessDeniedException', times: 1_000_000 });
      await host.fault({ function: 'relay', delivery: 'expiry', times: 1 });
      await open('Expired');
      await host.settled();
      await host.heal();
      const QueueUrl = host.facts.deadLetterQueueUrls.relay;
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
      expect(Messages.map(({ Body = '' }) => JSON.parse(Body).DDBStreamBatchInfo)).toMatchObject([{ batchSize: 1 }]);
      expect(await countedTickets()).toBe(0);
      await open('Delivered');
      expect(await countedTickets()).toBe(1);
    });
  });
});
