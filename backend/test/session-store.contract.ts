import { type AuditEntry, auditOf } from '@curlew/core/kernel';
import type { SessionRecord, SessionStore, SignInAttempt } from '@curlew/core/session';
import { createUser, deleteUser, patchUser, type UserStore } from '@curlew/core/user';
import { describe, expect, it } from 'vitest';
import { contextOf } from './context.ts';

export interface SessionStoreUnderTest {
  readonly sessions: SessionStore;
  readonly users: UserStore;
  /** The audit entries of an organization, latest first. */
  audit(organizationId: string): Promise<readonly Pick<AuditEntry, 'action' | 'subjectId' | 'details'>[]>;
}

const NOW = '2026-03-01T00:00:00.000Z';
const LATER = '2026-03-02T00:00:00.000Z';

/** The contract of every session store. `open` returns a store with org_a and org_b, each with its usr_admin. */
export function sessionStoreContract(open: () => Promise<SessionStoreUnderTest>): void {
  const start = async () => {
    const { sessions, users, audit } = await open();
    for (const org of ['org_a', 'org_b']) {
      await createUser({ ctx: contextOf(org), users }, { id: 'joy', email: 'Joy@example.com' });
      await createUser({ ctx: contextOf(org), users }, { id: 'sam', email: 'sam@example.com' });
    }
    const give = (organizationId: string, userId: string, hash: string) =>
      sessions.setPassword({ organizationId, userId, hash, now: NOW });
    return { sessions, users, audit, deps: { ctx: contextOf(), users }, give };
  };
  const entry = (details: AuditEntry['details'] = {}) => auditOf(contextOf(), 'session.created', 'joy', details);
  const session = (id: string, more: Partial<SessionRecord> = {}): SessionRecord => ({
    organizationId: 'org_a',
    id,
    userId: 'joy',
    createdAt: NOW,
    refreshedAt: NOW,
    expiresAt: LATER,
    familyDigest: 'family',
    latestDigest: 'secret 1',
    refreshKeyDigest: null,
    ...more,
  });

  describe('findMemberships', () => {
    it('finds the organizations of an address, in upper or lower case', async () => {
      const { sessions, give } = await start();
      expect(await sessions.findMemberships('joy@example.com')).toEqual([]);
      await give('org_a', 'joy', 'h');
      expect(await sessions.findMemberships('JOY@example.com')).toEqual([
        { organizationId: 'org_a', userId: 'joy', hash: 'h' },
      ]);
      await give('org_b', 'joy', 'h');
      expect(await sessions.findMemberships('joy@example.com')).toHaveLength(2);
      expect(await sessions.findMemberships('sam@example.com')).toEqual([]);
    });

    it('finds no inactive or deleted user', async () => {
      const { sessions, deps, give } = await start();
      await give('org_a', 'joy', 'h');
      await patchUser(deps, 'joy', { active: false }, undefined);
      expect(await sessions.findMemberships('joy@example.com')).toEqual([]);
      await patchUser(deps, 'joy', { active: true }, undefined);
      expect(await sessions.findMemberships('joy@example.com')).toHaveLength(1);
      await deleteUser(deps, 'joy', undefined);
      expect(await sessions.findMemberships('joy@example.com')).toEqual([]);
    });
  });

  describe('setPassword', () => {
    it('stores the latest hash of that user only', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'first');
      await give('org_a', 'joy', 'second');
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('second');
      expect(await sessions.findPasswordHash('org_b', 'joy')).toBeUndefined();
      expect(await sessions.findPasswordHash('org_a', 'sam')).toBeUndefined();
    });

    it('ends all sessions of that user except the given one', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'h');
      await give('org_a', 'sam', 'h');
      for (const id of ['ses_1', 'ses_2']) await sessions.start(session(id), 'h', entry());
      await sessions.start(session('ses_3', { userId: 'sam' }), 'h', entry());
      await sessions.setPassword({
        organizationId: 'org_a',
        userId: 'joy',
        hash: 'i',
        now: NOW,
        keptSessionId: 'ses_2',
      });
      expect((await sessions.listOf('org_a', 'joy', NOW)).map(({ id }) => id)).toEqual(['ses_2']);
      expect(await sessions.listOf('org_a', 'sam', NOW)).toHaveLength(1);
    });

    it('does nothing if the password has changed in the meantime', async () => {
      const { sessions, give } = await start();
      const change = { organizationId: 'org_a', userId: 'joy', now: NOW };
      expect(await sessions.setPassword({ ...change, hash: 'i', presentHash: 'h' })).toBe(false);
      await give('org_a', 'joy', 'h');
      await sessions.start(session('ses_1'), 'h', entry());
      expect(await sessions.setPassword({ ...change, hash: 'i', presentHash: 'another' })).toBe(false);
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('h');
      expect(await sessions.listOf('org_a', 'joy', NOW)).toHaveLength(1);
      expect(await sessions.setPassword({ ...change, hash: 'i', presentHash: 'h' })).toBe(true);
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('i');
    });

    it('accepts a token from only one of many requests at once', async () => {
      const { sessions } = await start();
      const token = { organizationId: 'org_a', userId: 'joy', kind: 'reset', digest: 'd', expiresAt: LATER } as const;
      await sessions.putPasswordToken(token, entry());
      const by = (userId: string, now: string) =>
        sessions.setPassword({ organizationId: 'org_a', userId, hash: `h ${userId}`, now, tokenDigest: 'd' });
      expect(await by('sam', NOW)).toBe(false);
      expect(await by('joy', LATER)).toBe(false);
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBeUndefined();
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => by('joy', NOW)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeUndefined();
    });
  });

  describe('putPasswordToken', () => {
    it('stores one token for each user of an organization, until it expires', async () => {
      const { sessions } = await start();
      const token = { organizationId: 'org_a', userId: 'joy', kind: 'invitation', digest: 'd', expiresAt: LATER };
      await sessions.putPasswordToken({ ...token, kind: 'invitation' }, entry());
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toEqual(token);
      expect(await sessions.findPasswordToken('org_a', 'd', LATER)).toBeUndefined();
      expect(await sessions.findPasswordToken('org_b', 'd', NOW)).toBeUndefined();
      await sessions.putPasswordToken({ ...token, kind: 'reset', digest: 'e' }, entry());
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeUndefined();
      expect(await sessions.findPasswordToken('org_a', 'e', NOW)).toMatchObject({ kind: 'reset' });
    });
  });

  describe('recordAttempt', () => {
    const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
    const from = (network: string, more: Partial<SignInAttempt> = {}) => ({
      organizationId: 'org_a',
      account: 'x',
      networks: [network],
      ...more,
    });
    const here = from('here');

    it('refuses every attempt after five failures, for one second, then two, then four', async () => {
      const { sessions } = await start();
      const settle = (isRight: boolean, seconds: number) => sessions.recordAttempt(here, isRight, at(seconds));
      for (let i = 0; i < 5; i++) expect(await settle(false, 0)).toBe(false);
      expect(await settle(true, 0.9)).toBe(false);
      expect(await settle(false, 1)).toBe(false);
      expect(await settle(true, 2.9)).toBe(false);
      expect(await settle(false, 3)).toBe(false);
      expect(await sessions.isRefused(here, at(6.9))).toBe(true);
      expect(await settle(true, 6.9)).toBe(false);
      expect(await sessions.isRefused(here, at(7))).toBe(false);
      expect(await settle(true, 7)).toBe(true);
    });

    it('never refuses for longer than 15 minutes', async () => {
      const { sessions } = await start();
      let now = 0;
      for (let i = 0; i < 30; i++, now += 900) await sessions.recordAttempt(here, false, at(now));
      expect(await sessions.recordAttempt(here, true, at(now - 1))).toBe(false);
      expect(await sessions.recordAttempt(here, true, at(now))).toBe(true);
    });

    it('counts each of many failures at once, and then refuses the correct attempt among them', async () => {
      const { sessions } = await start();
      const wrong = Array.from({ length: 20 }, () => sessions.recordAttempt(here, false, NOW));
      const right = sessions.recordAttempt(here, true, NOW);
      expect(await Promise.all([...wrong, right])).toEqual(Array(21).fill(false));
    });

    it('forgets the failures after a correct attempt, after forgetTries, and after a day', async () => {
      const { sessions } = await start();
      const fail = async (times: number, now: string) => {
        for (let i = 0; i < times; i++) await sessions.recordAttempt(here, false, now);
      };
      await fail(4, NOW);
      expect(await sessions.recordAttempt(here, true, NOW)).toBe(true);
      await fail(4, NOW);
      expect(await sessions.recordAttempt(here, true, NOW)).toBe(true);
      await fail(5, NOW);
      await sessions.forgetTries('org_a', 'x');
      expect(await sessions.recordAttempt(here, true, NOW)).toBe(true);
      await fail(12, NOW);
      await fail(1, LATER);
      expect(await sessions.recordAttempt(here, true, LATER)).toBe(true);
    });

    it('counts by organization, account and network', async () => {
      const { sessions } = await start();
      for (let i = 0; i < 9; i++) await sessions.recordAttempt(here, false, NOW);
      expect(await sessions.recordAttempt(from('here', { organizationId: 'org_b' }), true, NOW)).toBe(true);
      expect(await sessions.recordAttempt(from('here', { account: 'y' }), true, NOW)).toBe(true);
      expect(await sessions.recordAttempt(from('elsewhere'), true, NOW)).toBe(true);
      expect(await sessions.recordAttempt(here, true, NOW)).toBe(false);
    });

    it('does not refuse one network because of failures from any number of others', async () => {
      const { sessions } = await start();
      for (let i = 0; i < 90; i++) await sessions.recordAttempt(here, false, at(i * 900));
      for (let i = 0; i < 300; i++) await sessions.recordAttempt(from(`n${i}`), false, at(90 * 900 - 1));
      expect(await sessions.isRefused(from('elsewhere'), at(90 * 900 - 1))).toBe(false);
      expect(await sessions.recordAttempt(from('elsewhere'), true, at(90 * 900 - 1))).toBe(true);
    });

    describe('from many /64s of one /48', () => {
      const site = (i: number) => [`64 ${i}`, `56 ${Math.floor(i / 4)}`, '48'];
      const inside = (i: number) => from('', { networks: site(i) });

      it('refuses the /56 after 20 failures, for at most 15 minutes', async () => {
        const { sessions } = await start();
        const same = (i: number) => from('', { networks: [`64 ${i}`, '56', '48'] });
        for (let i = 0; i < 19; i++) await sessions.recordAttempt(same(i), false, NOW);
        expect(await sessions.isRefused(same(99), NOW)).toBe(false);
        await sessions.recordAttempt(same(19), false, NOW);
        expect(await sessions.isRefused(same(99), at(0.9))).toBe(true);
        expect(await sessions.recordAttempt(same(99), true, at(0.9))).toBe(false);
        expect(await sessions.isRefused(same(99), at(1))).toBe(false);
        let now = 1;
        for (let i = 20; i < 50; i++, now += 900) await sessions.recordAttempt(same(i), false, at(now));
        expect(await sessions.isRefused(same(99), at(now - 1))).toBe(true);
        expect(await sessions.isRefused(same(99), at(now))).toBe(false);
      });

      it('refuses the /48 after 80 failures, but not a known network in it', async () => {
        const { sessions } = await start();
        for (let i = 0; i < 80; i++) await sessions.recordAttempt(inside(i), false, NOW);
        expect(await sessions.isRefused(inside(1000), NOW)).toBe(true);
        expect(await sessions.isRefused(from('64 1000'), NOW)).toBe(false);
        expect(await sessions.recordAttempt(from('64 1000'), true, NOW)).toBe(true);
        // A correct attempt clears its own network only.
        expect(await sessions.isRefused(inside(1000), NOW)).toBe(true);
      });

      it('forgets the failures of a wider network a day after the first, and after forgetTries', async () => {
        const { sessions } = await start();
        for (let i = 0; i < 80; i++) await sessions.recordAttempt(inside(i), false, i === 0 ? NOW : at(24 * 3600 - 1));
        expect(await sessions.isRefused(inside(1000), at(24 * 3600 - 0.5))).toBe(true);
        expect(await sessions.isRefused(inside(1000), LATER)).toBe(false);
        for (let i = 0; i < 80; i++) await sessions.recordAttempt(inside(i), false, LATER);
        await sessions.forgetTries('org_a', 'x');
        for (let i = 0; i < 80; i++) expect(await sessions.isRefused(inside(i), LATER)).toBe(false);
      });
    });
  });

  describe('isKnownNetwork', () => {
    const joy = { organizationId: 'org_a', userId: 'joy' };
    const known = (network: string, expiresAt = LATER) => ({ network, expiresAt });
    const signedInFrom = async (...networks: string[]) => {
      const all = await start();
      await all.give('org_a', 'joy', 'h');
      for (const [i, network] of networks.entries()) {
        await all.sessions.start(session(`ses_${i}`), 'h', entry(), known(network));
      }
      return all;
    };

    it('knows the network of a session of that user, until it expires', async () => {
      const { sessions } = await signedInFrom('here');
      expect(await sessions.isKnownNetwork(joy, 'here', NOW)).toBe(true);
      expect(await sessions.isKnownNetwork(joy, 'here', LATER)).toBe(false);
      expect(await sessions.isKnownNetwork(joy, 'elsewhere', NOW)).toBe(false);
      expect(await sessions.isKnownNetwork({ ...joy, userId: 'sam' }, 'here', NOW)).toBe(false);
      expect(await sessions.isKnownNetwork({ ...joy, organizationId: 'org_b' }, 'here', NOW)).toBe(false);
      await sessions.start(session('ses_9'), 'h', entry(), known('here', '2026-03-03T00:00:00.000Z'));
      expect(await sessions.isKnownNetwork(joy, 'here', LATER)).toBe(true);
    });

    it('does not know the network of a refused session, and no empty network', async () => {
      const { sessions } = await signedInFrom('');
      await sessions.start(session('ses_9'), 'another', entry(), known('there'));
      expect(await sessions.isKnownNetwork(joy, 'there', NOW)).toBe(false);
      expect(await sessions.isKnownNetwork(joy, '', NOW)).toBe(false);
    });

    it('knows the latest 50 networks', async () => {
      const { sessions } = await signedInFrom();
      for (let i = 0; i < 53; i++) {
        const expiresAt = new Date(Date.parse(LATER) + i).toISOString();
        await sessions.start(session(`ses_${i}`), 'h', entry(), known(`n${i}`, expiresAt));
      }
      expect(await sessions.isKnownNetwork(joy, 'n2', NOW)).toBe(false);
      for (let i = 3; i < 53; i++) expect(await sessions.isKnownNetwork(joy, `n${i}`, NOW)).toBe(true);
    });

    it('forgets the networks of a deleted user', async () => {
      const { sessions, deps } = await signedInFrom('here');
      await deleteUser(deps, 'joy', undefined);
      expect(await sessions.isKnownNetwork(joy, 'here', NOW)).toBe(false);
    });
  });

  describe('start, find and listOf', () => {
    it('return a session until it expires, in its organization only', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'h');
      const began = session('ses_1');
      expect(await sessions.start(began, 'h', entry())).toBe(true);
      expect(await sessions.find('org_a', 'ses_1', NOW)).toEqual(began);
      expect(await sessions.listOf('org_a', 'joy', NOW)).toEqual([began]);
      expect(await sessions.find('org_a', 'ses_1', LATER)).toBeUndefined();
      expect(await sessions.listOf('org_a', 'joy', LATER)).toEqual([]);
      expect(await sessions.find('org_b', 'ses_1', NOW)).toBeUndefined();
      expect(await sessions.listOf('org_b', 'joy', NOW)).toEqual([]);
    });

    it('start no session if the password has changed in the meantime', async () => {
      const { sessions, give } = await start();
      expect(await sessions.start(session('ses_1'), 'h', entry())).toBe(false);
      await give('org_a', 'joy', 'h');
      expect(await sessions.start(session('ses_1'), 'another', entry())).toBe(false);
      expect(await sessions.listOf('org_a', 'joy', NOW)).toEqual([]);
    });

    it('start no session if the user has been deactivated or deleted in the meantime', async () => {
      const { sessions, deps, give } = await start();
      await give('org_a', 'joy', 'h');
      await patchUser(deps, 'joy', { active: false }, undefined);
      expect(await sessions.start(session('ses_1'), 'h', entry())).toBe(false);
      await patchUser(deps, 'joy', { active: true }, undefined);
      expect(await sessions.find('org_a', 'ses_1', NOW)).toBeUndefined();
      await deleteUser(deps, 'joy', undefined);
      await give('org_a', 'joy', 'h');
      expect(await sessions.start(session('ses_1'), 'h', entry())).toBe(false);
    });

    it('keep the latest 100 sessions', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'h');
      const id = (i: number) => `ses_${String(i).padStart(3, '0')}`;
      for (let i = 0; i < 103; i++) await sessions.start(session(id(i)), 'h', entry());
      const kept = await sessions.listOf('org_a', 'joy', NOW);
      expect([kept.length, kept[0]?.id, kept[99]?.id]).toEqual([100, id(102), id(3)]);
    });
  });

  describe('rotate', () => {
    it('replaces the latest refresh token for only one of many requests at once', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'h');
      await sessions.start(session('ses_1'), 'h', entry());
      const expiresAt = '2026-03-03T00:00:00.000Z';
      const next = session('ses_1', { refreshedAt: LATER, expiresAt, refreshKeyDigest: 'key' });
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, i) => sessions.rotate({ ...next, latestDigest: `secret 2 ${i}` }, 'secret 1')),
      );
      expect(outcomes).toEqual([true, ...Array(7).fill(false)]);
      expect(await sessions.find('org_a', 'ses_1', LATER)).toEqual({ ...next, latestDigest: 'secret 2 0' });
      expect(await sessions.rotate({ ...next, organizationId: 'org_b' }, 'secret 2 0')).toBe(false);
    });
  });

  describe('end and endAll', () => {
    it('end sessions of the user only', async () => {
      const { sessions, give } = await start();
      await give('org_a', 'joy', 'h');
      await give('org_b', 'joy', 'h');
      for (const id of ['ses_1', 'ses_2', 'ses_3']) await sessions.start(session(id), 'h', entry());
      await sessions.start(session('ses_4', { organizationId: 'org_b' }), 'h', entry());
      expect(await sessions.end('org_a', 'sam', 'ses_1', entry())).toBe(false);
      expect(await sessions.end('org_b', 'joy', 'ses_1', entry())).toBe(false);
      expect(await sessions.end('org_a', 'joy', 'ses_1', entry())).toBe(true);
      expect(await sessions.end('org_a', 'joy', 'ses_1', entry())).toBe(false);
      expect(await sessions.endAll('org_a', 'joy', entry())).toBe(2);
      expect(await sessions.endAll('org_a', 'joy', entry())).toBe(0);
      expect(await sessions.listOf('org_a', 'joy', NOW)).toEqual([]);
      expect(await sessions.listOf('org_b', 'joy', NOW)).toHaveLength(1);
    });
  });

  describe('audit', () => {
    /** Creates a user with a password. `written` returns the later audit entries as their numbers `n`. */
    const signedUp = async () => {
      const all = await start();
      await all.give('org_a', 'joy', 'h');
      const written = async () =>
        (await all.audit('org_a')).filter(({ action }) => action === 'session.created').map(({ details }) => details.n);
      return { ...all, written };
    };
    const token = { organizationId: 'org_a', userId: 'joy', kind: 'reset', digest: 'd', expiresAt: LATER } as const;
    const here = { organizationId: 'org_a', account: 'x', networks: ['here'] };

    it('has an entry for each change of a session or a password', async () => {
      const { sessions, written } = await signedUp();
      for (const n of [1, 2, 3]) await sessions.start(session(`ses_${n}`), 'h', entry({ n }));
      await sessions.end('org_a', 'joy', 'ses_1', entry({ n: 4 }));
      await sessions.endAll('org_a', 'joy', entry({ n: 5 }));
      await sessions.putPasswordToken(token, entry({ n: 6 }));
      const change = { organizationId: 'org_a', userId: 'joy', hash: 'i', now: NOW };
      await sessions.setPassword({ ...change, tokenDigest: 'd', audit: entry({ n: 7 }) });
      await sessions.recordAttempt(here, false, NOW, entry({ n: 8 }));
      expect((await written()).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('has an entry for a refused correct attempt', async () => {
      const { sessions, written } = await signedUp();
      for (let i = 0; i < 5; i++) await sessions.recordAttempt(here, false, NOW);
      await sessions.recordAttempt(here, true, NOW, entry({ n: 1 }));
      expect(await written()).toEqual([1]);
    });

    it('has no entry if nothing changes', async () => {
      const { sessions, written } = await signedUp();
      await sessions.start(session('ses_1'), 'another', entry({ n: 1 }));
      await sessions.end('org_a', 'joy', 'ses_1', entry({ n: 2 }));
      await sessions.endAll('org_a', 'joy', entry({ n: 3 }));
      const change = { organizationId: 'org_a', userId: 'joy', hash: 'i', now: NOW };
      await sessions.setPassword({ ...change, presentHash: 'another', audit: entry({ n: 4 }) });
      await sessions.setPassword({ ...change, tokenDigest: 'd', audit: entry({ n: 5 }) });
      await sessions.recordAttempt(here, true, NOW, entry({ n: 6 }));
      expect(await written()).toEqual([]);
    });

    it('is written together with the change, or not at all', async () => {
      const { sessions, written } = await signedUp();
      await sessions.start(session('ses_1'), 'h', entry({ n: 1 }));
      await sessions.putPasswordToken(token, entry({ n: 2 }));
      // A store refuses the entry of a missing organization, and with it the change.
      const refused = { ...entry({ n: 9 }), organizationId: 'org_missing' };
      const change = { organizationId: 'org_a', userId: 'joy', hash: 'i', now: NOW };
      for (const attempt of [
        () => sessions.start(session('ses_2'), 'h', refused),
        () => sessions.end('org_a', 'joy', 'ses_1', refused),
        () => sessions.endAll('org_a', 'joy', refused),
        () => sessions.putPasswordToken({ ...token, digest: 'e' }, refused),
        () => sessions.setPassword({ ...change, tokenDigest: 'd', audit: refused }),
        ...Array.from({ length: 6 }, () => () => sessions.recordAttempt(here, false, NOW, refused)),
      ]) {
        await expect(attempt()).rejects.toThrow();
      }
      expect((await sessions.listOf('org_a', 'joy', NOW)).map(({ id }) => id)).toEqual(['ses_1']);
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeDefined();
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('h');
      expect(await sessions.isRefused(here, NOW)).toBe(false);
      expect((await written()).toSorted()).toEqual([1, 2]);
    });
  });

  describe('a user', () => {
    const signedIn = async () => {
      const all = await start();
      await all.give('org_a', 'joy', 'h');
      await all.sessions.start(session('ses_1'), 'h', entry());
      await all.sessions.putPasswordToken(
        {
          organizationId: 'org_a',
          userId: 'joy',
          kind: 'reset',
          digest: 'd',
          expiresAt: LATER,
        },
        entry(),
      );
      return all;
    };

    it('who becomes inactive loses sessions and tokens, and keeps the password', async () => {
      const { sessions, deps } = await signedIn();
      await patchUser(deps, 'joy', { active: false }, undefined);
      expect(await sessions.find('org_a', 'ses_1', NOW)).toBeUndefined();
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeUndefined();
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('h');
    });

    it('who gets another address loses only the token that was sent to the old address', async () => {
      const { sessions, deps } = await signedIn();
      await patchUser(deps, 'joy', { name: 'Joy' }, undefined);
      await patchUser(deps, 'joy', { email: 'JOY@example.com' }, undefined);
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeDefined();
      await patchUser(deps, 'joy', { email: 'joy@new.example.com' }, undefined);
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeUndefined();
      expect(await sessions.find('org_a', 'ses_1', NOW)).toBeDefined();
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBe('h');
    });

    it('who is deleted loses the sessions, the password and the token', async () => {
      const { sessions, deps } = await signedIn();
      await deleteUser(deps, 'joy', undefined);
      expect(await sessions.find('org_a', 'ses_1', NOW)).toBeUndefined();
      expect(await sessions.findPasswordToken('org_a', 'd', NOW)).toBeUndefined();
      expect(await sessions.findPasswordHash('org_a', 'joy')).toBeUndefined();
    });
  });
}
