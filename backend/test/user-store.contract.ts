import { StaleError } from '@curlew/core/kernel';
import {
  createUser,
  deleteUser,
  findOrCreateReporter,
  patchUser,
  requireAssignee,
  type UserStore,
} from '@curlew/core/user';
import { describe, expect, it } from 'vitest';
import { contextOf } from './context.ts';

/** The contract of every user store. `open` returns a store with org_a and org_b, each with its usr_admin. */
export function userStoreContract(open: () => Promise<UserStore>): void {
  const start = async () => {
    const users = await open();
    return { users, deps: { ctx: contextOf(), users }, theirs: { ctx: contextOf('org_b'), users } };
  };

  describe('find and findByEmail', () => {
    it('return a saved user, with the address in upper or lower case', async () => {
      const { users, deps } = await start();
      const saved = await createUser(deps, { id: '01', name: 'Joy', email: 'Joy@Example.com', role: 'agent' });
      expect(await users.find('org_a', '01')).toEqual(saved);
      expect(await users.findByEmail('org_a', 'jOY@example.COM')).toEqual(saved);
    });

    it('find nothing of another organization', async () => {
      const { users, deps } = await start();
      await createUser(deps, { id: '01', email: 'joy@example.com' });
      expect(await users.find('org_b', '01')).toBeUndefined();
      expect(await users.findByEmail('org_b', 'joy@example.com')).toBeUndefined();
    });
  });

  describe('save', () => {
    it('gives an id to only one of many requests at once', async () => {
      const { deps } = await start();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => createUser(deps, { id: '01' })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'user_exists' });
      }
    });

    it('gives an address to only one of many requests at once', async () => {
      const { deps } = await start();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          createUser(deps, { email: i % 2 ? 'joy@example.com' : 'JOY@example.com' }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('lets two organizations use the same id and address', async () => {
      const { deps, theirs } = await start();
      await createUser(deps, { id: '01', email: 'joy@example.com' });
      await createUser(theirs, { id: '01', email: 'joy@example.com' });
    });

    it('refuses a change based on an outdated version', async () => {
      const { users, deps } = await start();
      const record = await createUser(deps, { id: '01' });
      await expect(
        users.save({ record, before: { ...record, user: { ...record.user, version: 7 } } }),
      ).rejects.toBeInstanceOf(StaleError);
    });

    it('frees the address of a deleted user, but never the id', async () => {
      const { deps } = await start();
      await createUser(deps, { id: '01', email: 'joy@example.com' });
      await deleteUser(deps, '01', undefined);
      await expect(createUser(deps, { id: '01' })).rejects.toMatchObject({ code: 'user_exists' });
      await createUser(deps, { id: '02', email: 'joy@example.com' });
    });

    it('forgets name and address of a deleted user', async () => {
      const { users, deps } = await start();
      await createUser(deps, { id: '01', name: 'Joy', email: 'joy@example.com' });
      await deleteUser(deps, '01', undefined);
      const kept = await users.find('org_a', '01');
      expect(JSON.stringify(kept)).not.toMatch(/joy/i);
      expect(kept?.deletedAt).not.toBeNull();
    });

    it('refuses an address of another user', async () => {
      const { deps } = await start();
      await createUser(deps, { id: '01', email: 'joy@example.com' });
      await createUser(deps, { id: '02' });
      const taking = patchUser(deps, '02', { email: 'JOY@example.com' }, undefined);
      await expect(taking).rejects.toMatchObject({ code: 'email_taken' });
      await patchUser(deps, '01', { email: 'JOY@example.com' }, undefined);
    });
  });

  describe('list', () => {
    it('pages in order of creation, filtered by role and address, without deleted users', async () => {
      const { users, deps, theirs } = await start();
      await createUser(theirs, { id: 'theirs' });
      for (let i = 0; i < 5; i++) {
        await createUser(deps, { id: `u${i}`, email: `u${i}@example.com`, role: i % 2 ? 'agent' : 'customer' });
      }
      await deleteUser(deps, 'u4', undefined);
      const ids = async (query: Partial<Parameters<UserStore['list']>[1]> = {}) =>
        (await users.list('org_a', { limit: 10, sort: '-createdAt', ...query })).items.map(({ id }) => id);
      expect(await ids()).toEqual(['u3', 'u2', 'u1', 'u0', 'usr_admin']);
      expect(await ids({ role: 'agent' })).toEqual(['u3', 'u1']);
      expect(await ids({ email: 'U2@example.com' })).toEqual(['u2']);
      const first = await users.list('org_a', { limit: 2, sort: 'createdAt' });
      expect(await ids({ sort: 'createdAt', ...(first.next === undefined ? {} : { after: first.next }) })).toEqual([
        'u1',
        'u2',
        'u3',
      ]);
    });
  });

  describe('first contact', () => {
    it('creates one user from many requests at once that name the same unknown user', async () => {
      const { users, deps } = await start();
      const reporters = await Promise.all([
        ...Array.from({ length: 8 }, () => findOrCreateReporter(deps, undefined, 'new@example.com')),
        ...Array.from({ length: 8 }, () => findOrCreateReporter(deps, undefined, 'NEW@example.com')),
      ]);
      expect(new Set(reporters).size).toBe(1);
      expect((await users.list('org_a', { limit: 10, sort: 'createdAt' })).items).toHaveLength(2);
    });

    it('writes no address into an existing user', async () => {
      const { users, deps } = await start();
      const known = await createUser(deps, { id: '01', name: 'Joy' });
      expect(await findOrCreateReporter(deps, '01', 'joy@example.com')).toBe('01');
      expect(await users.find('org_a', '01')).toEqual(known);
    });

    it('stores an id and an address from the same request', async () => {
      const { deps } = await start();
      expect(await findOrCreateReporter(deps, '01', 'joy@example.com')).toBe('01');
      expect(await findOrCreateReporter(deps, undefined, 'joy@example.com')).toBe('01');
    });

    it('refuses an id and an address that belong to two users', async () => {
      const { deps } = await start();
      await createUser(deps, { id: '01', email: 'one@example.com' });
      await createUser(deps, { id: '02', email: 'two@example.com' });
      for (const [id, email] of [
        ['01', 'two@example.com'],
        ['03', 'two@example.com'],
      ] as const) {
        await expect(findOrCreateReporter(deps, id, email)).rejects.toMatchObject({ code: 'person_mismatch' });
      }
    });

    it('refuses a deleted user', async () => {
      const { deps } = await start();
      await createUser(deps, { id: '01' });
      await deleteUser(deps, '01', undefined);
      await expect(requireAssignee(deps, '01')).rejects.toMatchObject({ code: 'user_removed' });
    });

    it('does not use the receipt of the request', async () => {
      const { users, deps } = await start();
      const ctx = {
        ...deps.ctx,
        receiptFor: () => {
          throw new Error('asked for a receipt');
        },
      };
      await findOrCreateReporter({ ctx, users }, undefined, 'joy@example.com');
      await requireAssignee({ ctx, users }, 'x');
    });
  });
}
