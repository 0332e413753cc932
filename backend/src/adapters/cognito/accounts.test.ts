import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Account, Accounts } from '@curlew/core/user';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PoolFault, type SmallPool, serveCognito, smallPool } from '../../../test/small-cognito.ts';
import { accountName } from './account-name.ts';
import { cognitoAccounts } from './accounts.ts';
import { cognito } from './client.ts';

const NAME = accountName('org_a', 'usr_01m7y02hh6rnxs70at6c1rrbjs');
const ANA: Account = {
  organizationId: 'org_a',
  userId: 'usr_01m7y02hh6rnxs70at6c1rrbjs',
  email: 'ana@example.com',
  name: 'Ana',
  role: 'agent',
};
const PROFILE = { email: 'ana@example.com', email_verified: 'true', name: 'Ana' };
const OWNER = { 'custom:organization': 'org_a', 'custom:user': ANA.userId };

describe('the accounts of a user pool', () => {
  let pool: SmallPool;
  let server: Awaited<ReturnType<typeof serveCognito>>;
  let client: CognitoIdentityProviderClient;
  let accounts: Accounts;
  beforeEach(async () => {
    pool = smallPool();
    server = await serveCognito(pool);
    client = cognito({
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      answerTimeoutMilliseconds: 1000,
    });
    accounts = cognitoAccounts(client, 'eu-central-1_abc');
  });
  afterEach(() => {
    client.destroy();
    server.stop();
  });

  const ana = () => pool.accounts.get(NAME);
  const lock = () => accounts.lock(ANA.organizationId, ANA.userId);
  const remove = () => accounts.remove(ANA.organizationId, ANA.userId);
  /** Which actions that change something were asked for. */
  const changes = () => pool.calls.splice(0).filter((action) => !/^Admin(Get|List)/.test(action));

  it('are made with whose they are, in the group of the role', async () => {
    await accounts.provide(ANA);
    expect(ana()).toEqual({
      name: NAME,
      attributes: { ...PROFILE, ...OWNER },
      enabled: true,
      groups: new Set(['agent']),
    });
    expect(changes()).toEqual(['AdminCreateUser', 'AdminAddUserToGroup']);
  });

  it('are left as they are when nothing is to be done', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide(ANA);
    await accounts.provide({ ...ANA });
    expect(changes()).toEqual([]);
  });

  it('follow name and role, and nobody is signed out for that', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide({ ...ANA, name: 'Anna', role: 'admin' });
    expect(ana()).toMatchObject({ attributes: { ...PROFILE, name: 'Anna' }, groups: new Set(['admin']) });
    expect(changes()).toEqual(['AdminUpdateUserAttributes', 'AdminAddUserToGroup', 'AdminRemoveUserFromGroup']);
  });

  it('are made anew for another address, which is proven', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide({ ...ANA, email: 'anna@example.com' });
    expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER, email: 'anna@example.com' });
    expect(changes()).toEqual(['AdminDeleteUser', 'AdminCreateUser', 'AdminAddUserToGroup']);
    await accounts.provide({ ...ANA, email: 'Anna@Example.com' });
    expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER, email: 'Anna@Example.com' });
    expect(changes()).toEqual(['AdminUpdateUserAttributes']);
  });

  it('are locked with an end to their sessions, and unlocked', async () => {
    await accounts.provide(ANA);
    changes();
    await lock();
    await lock();
    expect(ana()?.enabled).toBe(false);
    expect(changes()).toEqual(['AdminUserGlobalSignOut', 'AdminDisableUser']);
    await accounts.provide({ ...ANA, name: 'Anna' });
    expect(ana()).toMatchObject({ enabled: true, attributes: { name: 'Anna' } });
    // Enabled last: until then nobody can use what is not right yet.
    expect(changes()).toEqual(['AdminUpdateUserAttributes', 'AdminEnableUser']);
  });

  it('go', async () => {
    await accounts.provide(ANA);
    await remove();
    await remove();
    expect(pool.accounts.size).toBe(0);
  });

  it('that are not there need no locking', async () => {
    await lock();
    expect([pool.accounts.size, changes()]).toEqual([0, []]);
  });

  it('of one id in two organizations are two', async () => {
    for (const organizationId of ['org_a', 'org_b']) await accounts.provide({ ...ANA, organizationId, userId: '01' });
    expect(pool.accounts.size).toBe(2);
  });

  it('keep the groups that are no roles', async () => {
    await accounts.provide(ANA);
    ana()?.groups.add('testers');
    await accounts.provide({ ...ANA, role: 'admin' });
    expect(ana()?.groups).toEqual(new Set(['admin', 'testers']));
  });

  it.each<[string, Record<string, string>]>([
    ['another organization', { ...OWNER, 'custom:organization': 'org_b' }],
    ['another user', { ...OWNER, 'custom:user': 'bob' }],
    ['nobody', {}],
  ])('of %s are never touched', async (_, attributes) => {
    const theirs = { name: NAME, attributes, enabled: true, groups: new Set<string>() };
    pool.accounts.set(NAME, structuredClone(theirs));
    for (const attempt of [() => accounts.provide(ANA), lock, remove]) {
      await expect(attempt()).rejects.toThrow(/^conflict: the account u-\w+ does not belong to user usr_/);
    }
    expect([ana(), changes()]).toEqual([theirs, []]);
  });

  describe('in trouble', () => {
    it('are made once when somebody else was faster', async () => {
      await accounts.provide({ ...ANA, name: 'A' });
      server.next('AdminGetUser', { refuse: 'UserNotFoundException' });
      await accounts.provide(ANA);
      expect(ana()).toMatchObject({ attributes: { ...PROFILE, ...OWNER }, groups: new Set(['agent']) });
    });

    it('are made once when the answer got lost', async () => {
      server.next('AdminCreateUser', { loseAnswer: true });
      await accounts.provide(ANA);
      expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER });
      expect(changes()).toEqual(['AdminCreateUser', 'AdminCreateUser', 'AdminAddUserToGroup']);
    });

    it('do not mind when somebody else removed them first', async () => {
      await accounts.provide(ANA);
      server.next('AdminDeleteUser', { refuse: 'UserNotFoundException' });
      await remove();
      server.next('AdminUserGlobalSignOut', { refuse: 'UserNotFoundException' });
      server.next('AdminDisableUser', { refuse: 'UserNotFoundException' });
      await lock();
    });

    it('say so when they vanish in the making', async () => {
      server.next('AdminGetUser', ...Array(2).fill({ refuse: 'UserNotFoundException' }));
      await expect(accounts.provide(ANA)).rejects.toThrow('was removed while it was being made');
    });

    it('are made after a moment of too many requests', async () => {
      server.next('AdminCreateUser', { refuse: 'TooManyRequestsException' });
      await accounts.provide(ANA);
      expect(ana()?.enabled).toBe(true);
    });

    it.each<[string, PoolFault, RegExp]>([
      ['refuses', { refuse: 'NotAuthorizedException' }, /NotAuthorized/],
      ['refuses for load without end', { refuse: 'TooManyRequestsException' }, /TooManyRequests/],
      ['fails', { refuse: 'InternalErrorException' }, /InternalError/],
      ['does not answer', { hang: true }, /timed out|Timeout/i],
      ['stops half way', { stall: true }, /./],
      ['answers nonsense', { nonsense: '<html>no</html>' }, /./],
      ['answers something else', { nonsense: '{}' }, /conflict/],
    ])('fail when Cognito %s', async (_, fault, said) => {
      await accounts.provide(ANA);
      server.next('AdminGetUser', ...Array(9).fill(fault));
      await expect(remove()).rejects.toThrow(said);
      expect(ana()).toBeDefined();
    });

    it.each([
      ['AdminUpdateUserAttributes', { name: 'Anna', role: 'admin' }],
      ['AdminListGroupsForUser', { name: 'Anna', role: 'admin' }],
      ['AdminAddUserToGroup', { name: 'Anna', role: 'admin' }],
      ['AdminRemoveUserFromGroup', { name: 'Anna', role: 'admin' }],
      ['AdminDeleteUser', { email: 'anna@example.com', role: 'admin' }],
      ['AdminCreateUser', { email: 'anna@example.com', role: 'admin' }],
    ] as const)('are brought the rest of the way after %s failed', async (action, fields) => {
      await accounts.provide(ANA);
      const next: Account = { ...ANA, ...fields };
      server.next(action, { refuse: 'NotAuthorizedException' });
      await expect(accounts.provide(next)).rejects.toThrow('NotAuthorized');
      await accounts.provide(next);
      const { email, name } = next;
      expect(ana()).toMatchObject({ attributes: { email, name, email_verified: 'true' }, groups: new Set(['admin']) });
    });

    it.each(['AdminUserGlobalSignOut', 'AdminDisableUser'])('are locked in the end after %s failed', async (action) => {
      await accounts.provide(ANA);
      changes();
      server.next(action, { refuse: 'NotAuthorizedException' });
      await expect(lock()).rejects.toThrow('NotAuthorized');
      await lock();
      expect(ana()?.enabled).toBe(false);
      expect(changes()).toContain('AdminUserGlobalSignOut');
    });
  });
});
