import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context, Role } from '../kernel/index.ts';
import { type Account, type Accounts, firstAdmin, UserEvent, type UserRecord } from './index.ts';
import { onUserEvent } from './on-user-event.ts';

type State = Pick<UserRecord['user'], 'name' | 'email' | 'role' | 'active'> & { readonly deleted?: boolean };

const ANA: State = { name: 'Ana', email: 'ana@example.com', role: 'agent', active: true };
const rolesWithAccounts: ReadonlySet<Role> = new Set<Role>(['agent', 'admin']);

function recordOf({ deleted = false, ...fields }: State, version: number): UserRecord {
  const time = '2026-03-01T00:00:00.000Z';
  const user = { id: 'ana', ...fields, createdAt: time, updatedAt: time, version };
  return { organizationId: 'org_a', operator: false, deletedAt: deleted ? time : null, user };
}

function eventOf(sequence: number): UserEvent {
  const data = { role: 'agent' as const, changed: [] };
  const about = { organizationId: 'org_a', subject: 'ana', sequence, time: '2026-03-01T00:00:00.000Z' };
  return { id: `evt_${sequence}`, type: 'user.updated', ...about, actorId: 'usr_admin', data };
}

/**
 * The account of one user. Its parts are read and written in separate steps, so that other calls can run in between.
 */
function accountsOf(step: () => Promise<void>, before?: Account) {
  let held: (Account & { locked: boolean }) | undefined = before && { ...before, locked: false };
  const set = async (part: Partial<Account & { locked: boolean }>) => {
    await step();
    if (held === undefined) throw new Error('The account was removed.');
    held = { ...held, ...part };
  };
  const accounts: Accounts = {
    async provide(account) {
      await step();
      const seen = held;
      await step();
      if (seen === undefined) held ??= { ...account, locked: false };
      for (const part of ['email', 'name', 'role'] as const) {
        if (seen?.[part] !== account[part]) await set({ [part]: account[part] });
      }
      if (seen?.locked !== false) await set({ locked: false });
    },
    async lock() {
      await step();
      if (held !== undefined && !held.locked) await set({ locked: true });
    },
    async remove() {
      await step();
      const seen = held;
      await step();
      if (seen !== undefined) held = undefined;
    },
  };
  return { accounts, held: () => held };
}

const atOnce = async () => {};

async function accountFor(state: State | undefined, before?: Account) {
  const { accounts, held } = accountsOf(atOnce, before);
  const users = { find: async () => state && recordOf(state, 1) };
  await onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(1));
  return held();
}

const account: Account = {
  organizationId: 'org_a',
  userId: 'ana',
  email: 'ana@example.com',
  name: 'Ana',
  role: 'agent',
};

describe('onUserEvent', () => {
  it.each<[string, State | undefined, Account | undefined, object | undefined]>([
    ['creates the account of an active agent', ANA, undefined, { ...account, locked: false }],
    ['keeps an account that matches the user', ANA, account, { ...account, locked: false }],
    ['updates role and name', { ...ANA, role: 'admin', name: 'A' }, account, { ...account, role: 'admin', name: 'A' }],
    ['updates the address', { ...ANA, email: 'b@example.com' }, account, { email: 'b@example.com' }],
    ['creates no account for a customer', { ...ANA, role: 'customer' }, undefined, undefined],
    ['locks the account of an agent who became a customer', { ...ANA, role: 'customer' }, account, { locked: true }],
    ['locks the account of a deactivated user', { ...ANA, active: false }, account, { locked: true }],
    ['creates no account for a deactivated user', { ...ANA, active: false }, undefined, undefined],
    ['removes the account of a user without an address', { ...ANA, email: null }, account, undefined],
    ['removes the account of a deleted user', { ...ANA, email: null, deleted: true }, account, undefined],
    ['removes the account of an unknown user', undefined, account, undefined],
  ])('%s', async (_, state, before, after) => {
    const held = await accountFor(state, before);
    if (after === undefined) expect(held).toBeUndefined();
    else expect(held).toMatchObject(after);
  });

  it('unlocks the account when the user is active again', async () => {
    const { accounts, held } = accountsOf(atOnce, account);
    await accounts.lock('org_a', 'ana');
    const users = { find: async () => recordOf(ANA, 3) };
    await onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(3));
    expect(held()).toEqual({ ...account, locked: false });
  });

  it('throws after five rounds if the user changes in every round', async () => {
    let version = 0;
    let calls = 0;
    const users = { find: async () => recordOf(ANA, ++version) };
    const provide = async () => void calls++;
    const accounts = { ...accountsOf(atOnce).accounts, provide };
    await expect(onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(1))).rejects.toThrow('kept changing');
    expect(calls).toBe(5);
  });

  it('throws if the account cannot be updated', async () => {
    const accounts = { ...accountsOf(atOnce).accounts, provide: () => Promise.reject(new Error('no answer')) };
    const users = { find: async () => recordOf(ANA, 1) };
    await expect(onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(1))).rejects.toThrow('no answer');
  });
});

describe('onUserEvent with concurrent, late and repeated events', () => {
  const states = fc.array(
    fc.record({
      name: fc.constantFrom('Ana', 'Anna'),
      email: fc.constantFrom(null, 'ana@example.com', 'anna@example.com'),
      role: fc.constantFrom<Role>('customer', 'agent', 'admin'),
      active: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('leaves the account in the state of the newest user', async () => {
    await fc.assert(
      fc.asyncProperty(states, fc.boolean(), fc.scheduler(), async (changes, isDeleted, scheduler) => {
        const gone: State = { ...ANA, email: null, deleted: true };
        const states: State[] = [...changes, ...(isDeleted ? [gone] : [])];
        const newest = states.at(-1);
        let now: UserRecord | undefined;
        const step = () => scheduler.schedule(Promise.resolve());
        const { accounts, held } = accountsOf(step);
        const users = {
          async find() {
            await step();
            return now;
          },
        };
        /** Delivers as a queue does: again after a failure, and sometimes twice without a failure. */
        async function deliver(event: UserEvent, repeats: number): Promise<void> {
          for (let left = repeats, tries = 0; left > 0 && tries < 100; tries++) {
            await step();
            await onUserEvent({ users, accounts, rolesWithAccounts }, event).then(
              () => left--,
              () => {},
            );
          }
        }
        async function change(): Promise<void> {
          for (const [i, state] of states.entries()) {
            await step();
            now = recordOf(state, i + 1);
            deliveries.push(deliver(eventOf(i + 1), 1 + (i % 2)));
          }
        }
        const deliveries: Promise<void>[] = [];
        await scheduler.waitFor(change());
        await scheduler.waitFor(Promise.all(deliveries));

        const wanted = await accountFor(newest);
        const mayBeLocked = wanted === undefined && newest?.email !== null;
        // A locked account exists only if an event was handled while the user was an active agent or admin.
        if (mayBeLocked) expect(held()?.locked ?? true).toBe(true);
        else expect(held()).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});

describe('UserEvent', () => {
  it('contains no name and no address, also for the first admin of a new organization', () => {
    const ctx = {
      actor: { organizationId: 'default', userId: 'usr_admin', role: 'admin' },
      now: () => '2026-03-01T00:00:00.000Z',
      newId: (prefix: string) => `${prefix}_1`,
    } as unknown as Context;
    const { event } = firstAdmin(ctx, 'org_a', { email: 'ana@example.com', name: 'Ana' });
    expect(UserEvent.parse(event)).toMatchObject({ type: 'user.created', organizationId: 'org_a', subject: 'usr_1' });
    expect(JSON.stringify(event)).not.toMatch(/ana/i);
  });

  it('accepts members that a later version adds', () => {
    expect(UserEvent.parse({ ...eventOf(1), more: 1 })).toMatchObject(eventOf(1));
  });

  it.each([{}, { type: 'ticket.created' }, { sequence: 0 }, { data: {} }])('rejects %j', (part) => {
    const whole = Object.keys(part).length === 0 ? {} : { ...eventOf(1), ...part };
    expect(UserEvent.safeParse(whole).success).toBe(false);
  });
});
