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
  /** The calls that change accounts, since the last call of this function. */
  const changes = () => pool.calls.splice(0).filter((action) => !/^Admin(Get|List)/.test(action));

  it('are created with organization and user, in the group of the role', async () => {
    await accounts.provide(ANA);
    expect(ana()).toEqual({
      name: NAME,
      attributes: { ...PROFILE, ...OWNER },
      enabled: true,
      groups: new Set(['agent']),
    });
    expect(changes()).toEqual(['AdminCreateUser', 'AdminAddUserToGroup']);
  });

  it('are not written if nothing has changed', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide(ANA);
    await accounts.provide({ ...ANA });
    expect(changes()).toEqual([]);
  });

  it('follow name and role without signing the user out', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide({ ...ANA, name: 'Anna', role: 'admin' });
    expect(ana()).toMatchObject({ attributes: { ...PROFILE, name: 'Anna' }, groups: new Set(['admin']) });
    expect(changes()).toEqual(['AdminUpdateUserAttributes', 'AdminAddUserToGroup', 'AdminRemoveUserFromGroup']);
  });

  it('are created again for another address, which counts as verified', async () => {
    await accounts.provide(ANA);
    changes();
    await accounts.provide({ ...ANA, email: 'anna@example.com' });
    expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER, email: 'anna@example.com' });
    expect(changes()).toEqual(['AdminDeleteUser', 'AdminCreateUser', 'AdminAddUserToGroup']);
    await accounts.provide({ ...ANA, email: 'Anna@Example.com' });
    expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER, email: 'Anna@Example.com' });
    expect(changes()).toEqual(['AdminUpdateUserAttributes']);
  });

  it('are locked with their sessions ended, and unlocked', async () => {
    await accounts.provide(ANA);
    changes();
    await lock();
    await lock();
    expect(ana()?.enabled).toBe(false);
    expect(changes()).toEqual(['AdminUserGlobalSignOut', 'AdminDisableUser']);
    await accounts.provide({ ...ANA, name: 'Anna' });
    expect(ana()).toMatchObject({ enabled: true, attributes: { name: 'Anna' } });
    // Enabled last, so that an account with outdated attributes is never usable.
    expect(changes()).toEqual(['AdminUpdateUserAttributes', 'AdminEnableUser']);
  });

  it('are removed', async () => {
    await accounts.provide(ANA);
    await remove();
    await remove();
    expect(pool.accounts.size).toBe(0);
  });

  it('are not created by a lock', async () => {
    await lock();
    expect([pool.accounts.size, changes()]).toEqual([0, []]);
  });

  it('are separate for the same user id in two organizations', async () => {
    for (const organizationId of ['org_a', 'org_b']) await accounts.provide({ ...ANA, organizationId, userId: '01' });
    expect(pool.accounts.size).toBe(2);
  });

  it('keep the groups that are not roles', async () => {
    await accounts.provide(ANA);
    ana()?.groups.add('testers');
    await accounts.provide({ ...ANA, role: 'admin' });
    expect(ana()?.groups).toEqual(new Set(['admin', 'testers']));
  });

  it.each<[string, Record<string, string>]>([
    ['another organization', { ...OWNER, 'custom:organization': 'org_b' }],
    ['another user', { ...OWNER, 'custom:user': 'bob' }],
    ['no user', {}],
  ])('of %s are never changed', async (_, attributes) => {
    const theirs = { name: NAME, attributes, enabled: true, groups: new Set<string>() };
    pool.accounts.set(NAME, structuredClone(theirs));
    for (const attempt of [() => accounts.provide(ANA), lock, remove]) {
      await expect(attempt()).rejects.toThrow(/^conflict: the account u-\w+ does not belong to user usr_/);
    }
    expect([ana(), changes()]).toEqual([theirs, []]);
  });

  describe('if calls fail', () => {
    it('are created once if another consumer was faster', async () => {
      await accounts.provide({ ...ANA, name: 'A' });
      server.next('AdminGetUser', { refuse: 'UserNotFoundException' });
      await accounts.provide(ANA);
      expect(ana()).toMatchObject({ attributes: { ...PROFILE, ...OWNER }, groups: new Set(['agent']) });
    });

    it('are created once if the response is lost', async () => {
      server.next('AdminCreateUser', { loseAnswer: true });
      await accounts.provide(ANA);
      expect(ana()?.attributes).toEqual({ ...PROFILE, ...OWNER });
      expect(changes()).toEqual(['AdminCreateUser', 'AdminCreateUser', 'AdminAddUserToGroup']);
    });

    it('can be removed and locked although another consumer has removed them', async () => {
      await accounts.provide(ANA);
      server.next('AdminDeleteUser', { refuse: 'UserNotFoundException' });
      await remove();
      server.next('AdminUserGlobalSignOut', { refuse: 'UserNotFoundException' });
      server.next('AdminDisableUser', { refuse: 'UserNotFoundException' });
      await lock();
    });

    it('cause an error if they are removed during creation', async () => {
      server.next('AdminGetUser', ...Array(2).fill({ refuse: 'UserNotFoundException' }));
      await expect(accounts.provide(ANA)).rejects.toThrow('was deleted during its creation');
    });

    it('are created after a throttled call', async () => {
      server.next('AdminCreateUser', { refuse: 'TooManyRequestsException' });
      await accounts.provide(ANA);
      expect(ana()?.enabled).toBe(true);
    });

    it.each<[string, PoolFault, RegExp]>([
      ['refuses', { refuse: 'NotAuthorizedException' }, /NotAuthorized/],
      ['throttles every call', { refuse: 'TooManyRequestsException' }, /TooManyRequests/],
      ['fails', { refuse: 'InternalErrorException' }, /InternalError/],
      ['does not answer', { hang: true }, /timed out|Timeout/i],
      ['stops half way', { stall: true }, /./],
      ['sends no JSON', { nonsense: '<html>no</html>' }, /./],
      ['sends an unexpected response', { nonsense: '{}' }, /conflict/],
    ])('cause an error if Cognito %s', async (_, fault, message) => {
      await accounts.provide(ANA);
      server.next('AdminGetUser', ...Array(9).fill(fault));
      await expect(remove()).rejects.toThrow(message);
      expect(ana()).toBeDefined();
    });

    it.each([
      ['AdminUpdateUserAttributes', { name: 'Anna', role: 'admin' }],
      ['AdminListGroupsForUser', { name: 'Anna', role: 'admin' }],
      ['AdminAddUserToGroup', { name: 'Anna', role: 'admin' }],
      ['AdminRemoveUserFromGroup', { name: 'Anna', role: 'admin' }],
      ['AdminDeleteUser', { email: 'anna@example.com', role: 'admin' }],
      ['AdminCreateUser', { email: 'anna@example.com', role: 'admin' }],
    ] as const)('are completed by the next attempt after %s failed', async (action, fields) => {
      await accounts.provide(ANA);
      const next: Account = { ...ANA, ...fields };
      server.next(action, { refuse: 'NotAuthorizedException' });
      await expect(accounts.provide(next)).rejects.toThrow('NotAuthorized');
      await accounts.provide(next);
      const { email, name } = next;
      expect(ana()).toMatchObject({ attributes: { email, name, email_verified: 'true' }, groups: new Set(['admin']) });
    });

    it.each(['AdminUserGlobalSignOut', 'AdminDisableUser'])(
      'are locked by the next attempt after %s failed',
      async (action) => {
        await accounts.provide(ANA);
        changes();
        server.next(action, { refuse: 'NotAuthorizedException' });
        await expect(lock()).rejects.toThrow('NotAuthorized');
        await lock();
        expect(ana()?.enabled).toBe(false);
        expect(changes()).toContain('AdminUserGlobalSignOut');
      },
    );
  });
});
