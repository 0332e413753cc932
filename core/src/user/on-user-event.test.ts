import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context, Role } from '../kernel/index.ts';
import { type Account, type Accounts, firstAdmin, onUserEvent, UserEvent, type UserRecord } from './index.ts';

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

/** Accounts of one user, whose parts are read and written one after the other: others may come in between. */
function accountsOf(step: () => Promise<void>, before?: Account) {
  let held: (Account & { locked: boolean }) | undefined = before && { ...before, locked: false };
  const set = async (part: Partial<Account & { locked: boolean }>) => {
    await step();
    if (held === undefined) throw new Error('There is no such account any more.');
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

async function broughtTo(state: State | undefined, before?: Account) {
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

describe('the account of', () => {
  it.each<[string, State | undefined, Account | undefined, object | undefined]>([
    ['an active agent is made', ANA, undefined, { ...account, locked: false }],
    ['an agent who is one already stays', ANA, account, { ...account, locked: false }],
    ['a new admin follows', { ...ANA, role: 'admin', name: 'A' }, account, { ...account, role: 'admin', name: 'A' }],
    ['somebody with another address follows', { ...ANA, email: 'b@example.com' }, account, { email: 'b@example.com' }],
    ['a customer is not made', { ...ANA, role: 'customer' }, undefined, undefined],
    ['somebody who became a customer is locked', { ...ANA, role: 'customer' }, account, { locked: true }],
    ['somebody deactivated is locked', { ...ANA, active: false }, account, { locked: true }],
    ['somebody deactivated is not made', { ...ANA, active: false }, undefined, undefined],
    ['somebody without an address goes', { ...ANA, email: null }, account, undefined],
    ['a deleted user goes', { ...ANA, email: null, deleted: true }, account, undefined],
    ['a user of whom nothing is known goes', undefined, account, undefined],
  ])('%s', async (_, state, before, after) => {
    const held = await broughtTo(state, before);
    if (after === undefined) expect(held).toBeUndefined();
    else expect(held).toMatchObject(after);
  });

  it('a deactivated user is unlocked when they are active again', async () => {
    const { accounts, held } = accountsOf(atOnce, account);
    await accounts.lock('org_a', 'ana');
    const users = { find: async () => recordOf(ANA, 3) };
    await onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(3));
    expect(held()).toEqual({ ...account, locked: false });
  });

  it('somebody who changes in every round is left to the next try', async () => {
    let version = 0;
    let calls = 0;
    const users = { find: async () => recordOf(ANA, ++version) };
    const provide = async () => void calls++;
    const accounts = { ...accountsOf(atOnce).accounts, provide };
    await expect(onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(1))).rejects.toThrow('kept changing');
    expect(calls).toBe(5);
  });

  it('fails when the account cannot be brought there', async () => {
    const accounts = { ...accountsOf(atOnce).accounts, provide: () => Promise.reject(new Error('no answer')) };
    const users = { find: async () => recordOf(ANA, 1) };
    await expect(onUserEvent({ users, accounts, rolesWithAccounts }, eventOf(1))).rejects.toThrow('no answer');
  });
});

describe('whatever happens on the way', () => {
  const states = fc.array(
    fc.record({
      name: fc.constantFrom('Ana', 'Anna'),
      email: fc.constantFrom(null, 'ana@example.com', 'anna@example.com'),
      role: fc.constantFrom<Role>('customer', 'agent', 'admin'),
      active: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('the account ends as the newest user wants it', async () => {
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
        /** As a queue does it: again after a failure, and now and then although there was none. */
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

        const wanted = await broughtTo(newest);
        const mayBeLocked = wanted === undefined && newest?.email !== null;
        // Whether there is one to be locked depends on what the user once was, and who came in time to see it.
        if (mayBeLocked) expect(held()?.locked ?? true).toBe(true);
        else expect(held()).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a user event', () => {
  it('says nothing of name and address, also when an organization is founded with its first admin', () => {
    const ctx = {
      actor: { organizationId: 'default', userId: 'usr_admin', role: 'admin' },
      now: () => '2026-03-01T00:00:00.000Z',
      newId: (prefix: string) => `${prefix}_1`,
    } as unknown as Context;
    const { event } = firstAdmin(ctx, 'org_a', { email: 'ana@example.com', name: 'Ana' });
    expect(UserEvent.parse(event)).toMatchObject({ type: 'user.created', organizationId: 'org_a', subject: 'usr_1' });
    expect(JSON.stringify(event)).not.toMatch(/ana/i);
  });

  it('is read as it comes, with what a later version adds', () => {
    expect(UserEvent.parse({ ...eventOf(1), more: 1 })).toMatchObject(eventOf(1));
  });

  it.each([{}, { type: 'ticket.created' }, { sequence: 0 }, { data: {} }])('is not %j', (part) => {
    const whole = Object.keys(part).length === 0 ? {} : { ...eventOf(1), ...part };
    expect(UserEvent.safeParse(whole).success).toBe(false);
  });
});
