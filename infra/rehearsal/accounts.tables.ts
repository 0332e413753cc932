import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountName } from '../../backend/src/adapters/cognito/account-name.ts';
import { patch, post, remove } from '../../backend/test/api/host.ts';
import { cloudAt } from '../../rehearsal/aws/cloud.ts';
import { poolAccounts } from '../../rehearsal/aws/pool-accounts.ts';
import { type DeployedHost, deployedHost } from './deployed-host.ts';
import { replayEvents } from './replay-events.ts';

/** Accounts of the user pool. Changes of users reach the accounts through a stream, the bus and a rule. */
describe('the accounts of the user pool', () => {
  let host: DeployedHost;
  let pool: ReturnType<typeof poolAccounts>;
  beforeEach(async () => {
    host = await deployedHost();
    pool = poolAccounts(host.facts.cloudUrl, host.facts.pool?.user_pool_id ?? '');
  });
  afterEach(() => host.stop());

  const ANA = { name: 'Ana', email: 'ana@example.com', role: 'agent' };
  async function accountsOf(userId: string, organizationId = 'default') {
    await host.settled();
    return pool.of(organizationId, userId);
  }
  async function change(userId: string, fields: object) {
    expect((await host.send(patch(`/v1/users/${userId}`, fields))).status).toBe(200);
    return (await accountsOf(userId))[0];
  }

  it('are created, updated and deleted with their users', async () => {
    const { id } = (await host.send(post('/v1/users', ANA))).body;
    const owner = { 'custom:organization': 'default', 'custom:user': id };
    const attributes = { email: 'ana@example.com', email_verified: 'true', name: 'Ana', ...owner };
    expect(await accountsOf(id)).toMatchObject([
      { username: accountName('default', id), attributes, enabled: true, groups: ['agent'] },
    ]);

    expect(await change(id, { role: 'admin' })).toMatchObject({ enabled: true, groups: ['admin'] });
    expect(await change(id, { name: 'Annika' })).toMatchObject({ attributes: { ...attributes, name: 'Annika' } });
    const moved = { email: 'anna@example.com', name: 'Anna' };
    expect(await change(id, moved)).toMatchObject({ attributes: { ...attributes, ...moved } });
    expect(await change(id, { active: false })).toMatchObject({ enabled: false });
    expect(await change(id, { active: true, role: 'agent' })).toMatchObject({ enabled: true, groups: ['agent'] });
    expect(await change(id, { role: 'customer' })).toMatchObject({ enabled: false });
    expect(await change(id, { email: null })).toBeUndefined();
    expect(await change(id, { email: 'ana@example.com', role: 'agent' })).toMatchObject({ enabled: true });

    await host.send(remove(`/v1/users/${id}`));
    expect(await accountsOf(id)).toEqual([]);
  });

  it('are not created for customers, because each account causes an email', async () => {
    const { id } = (await host.send(post('/v1/users', { ...ANA, role: 'customer' }))).body;
    await host.send(post('/v1/tickets', { title: 'T', email: 'joy@example.com' }));
    expect(await accountsOf(id)).toEqual([]);
  });

  it('are separate for users of two organizations with the same address, and for an id with any characters', async () => {
    const admin = { email: 'ana@example.com', name: 'Ana' };
    const { body } = await host.send(post('/v1/organizations', { name: 'Elsewhere', admin }));
    await host.send(post('/v1/users', { ...ANA, id: '01' }));
    const [first] = await accountsOf(body.admin.id, body.id);
    expect(first).toMatchObject({
      username: accountName(body.id, body.admin.id),
      groups: ['admin'],
      attributes: { email: ANA.email },
    });
    const [second] = await accountsOf('01');
    expect(second).toMatchObject({ username: accountName('default', '01'), attributes: { email: ANA.email } });
  });

  it('let the first admin sign in after the admin has an email address', async () => {
    expect(await accountsOf('usr_admin')).toEqual([]);
    const account = await change('usr_admin', { email: 'desk@example.com' });
    expect(account).toMatchObject({ enabled: true, groups: ['admin'] });
    expect((await host.signIn(account?.username ?? '')).accessToken).toMatch(/^ey/);
  });

  it('are created once, even if calls are lost or hang, or events arrive twice', async () => {
    for (const error of ['TooManyRequestsException', 'lost', 'hang', 'kill-after']) {
      await host.fault({ function: 'accounts', action: 'AdminCreateUser', error, times: 1 });
    }
    await host.fault({ function: 'accounts', delivery: 'redelivery', times: 3 });
    const { id } = (await host.send(post('/v1/users', ANA))).body;
    expect(await accountsOf(id)).toMatchObject([
      { username: accountName('default', id), enabled: true, groups: ['agent'] },
    ]);
  });

  it('of another user stay unchanged, and the event goes to the dead-letter queue', async () => {
    const username = accountName('default', '01');
    await pool.make(username, { email: 'other@example.com', 'custom:user': 'other' });
    host.expectFailures();
    await host.send(post('/v1/users', { ...ANA, id: '01' }));
    expect(await accountsOf('01')).toEqual([]);
    expect(await pool.named(username)).toMatchObject({ attributes: { email: 'other@example.com' }, groups: [] });
    const asked = {
      QueueUrl: host.facts.deadLetterQueueUrls.accounts,
      AttributeNames: ['ApproximateNumberOfMessages' as const],
    };
    const { Attributes } = await cloudAt(host.facts.cloudUrl).queues.send(new GetQueueAttributesCommand(asked));
    expect(Attributes?.ApproximateNumberOfMessages).toBe('1');
  });

  it('are restored by a replay of the events in the table', async () => {
    const { id } = (await host.send(post('/v1/users', ANA))).body;
    await host.settled();
    await pool.remove(accountName('default', id));
    const all = ['--table', 'users', '--from', '2000-01-01', '--to', '2100-01-01'];
    expect(await replayEvents(host, ...all)).toMatch(/Replayed \d+ events of users/);
    expect(await accountsOf(id)).toMatchObject([{ username: accountName('default', id), enabled: true }]);
  });
});
