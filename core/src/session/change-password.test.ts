import { describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '../kernel/index.ts';
import { type Credential, changePassword, type SessionDeps } from './index.ts';

const change = { currentPassword: 'ten brown curlews', password: 'three blue teals' };

/** `changePassword` for the signed-in user Joy, on ports that accept everything unless the test replaces a method. */
function depsOf({ sessions = {}, passwords = {} }: { sessions?: object; passwords?: object } = {}) {
  const ports = {
    users: { find: async () => ({ user: { id: 'joy', email: 'joy@example.com', active: true }, deletedAt: null }) },
    sessions: {
      isRefused: vi.fn(async () => false),
      findPasswordHash: vi.fn(async () => 'the hash'),
      findMemberships: vi.fn(async (_: string): Promise<readonly Credential[]> => []),
      recordAttempt: vi.fn(async () => true),
      setPassword: vi.fn(async () => true),
      ...sessions,
    },
    passwords: { replace: vi.fn(async (): Promise<string | undefined> => 'another hash'), ...passwords },
    audit: { append: vi.fn(async (_: AuditEntry) => {}) },
  };
  const ctx = {
    actor: { organizationId: 'org_a', userId: 'joy', role: 'agent' },
    requestId: 'req_test',
    address: '2001:db8:1:2::9',
    now: () => '2026-03-01T00:00:00.000Z',
    wallNow: () => '2026-03-01T00:00:00.000Z',
    newId: () => 'aud_1',
  };
  return { ...ports, run: () => changePassword({ ctx, ...ports } as unknown as SessionDeps, change) };
}

describe('changePassword', () => {
  it('computes no hash while tries are refused', async () => {
    const { run, passwords, sessions, audit } = depsOf({ sessions: { isRefused: async () => true } });
    await expect(run()).rejects.toMatchObject({ issues: [{ code: 'wrong_password' }] });
    expect(passwords.replace).not.toHaveBeenCalled();
    expect(sessions.recordAttempt).not.toHaveBeenCalled();
    expect(audit.append.mock.calls).toMatchObject([[{ action: 'password.refused', details: { blocked: true } }]]);
  });

  it('passes the user and the networks to the hash, and the network to the counter of tries', async () => {
    const { run, passwords, sessions } = depsOf();
    await run();
    const networks = ['2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'];
    const caller = { networks, user: 'org_a joy', isKnown: true };
    const replaced = { password: change.currentPassword, present: 'the hash', next: change.password };
    expect(passwords.replace).toHaveBeenCalledWith(replaced, caller, undefined);
    const tried = { organizationId: 'org_a', account: 'user:joy', networks };
    const refusal = expect.objectContaining({ action: 'password.refused', actorId: 'joy', subjectId: 'joy' });
    expect(sessions.recordAttempt).toHaveBeenCalledWith(tried, true, '2026-03-01T00:00:00.000Z', refusal);
  });

  it('records a wrong current password with its audit entry', async () => {
    const recordAttempt = vi.fn(async () => false);
    const { run } = depsOf({ sessions: { recordAttempt }, passwords: { replace: async () => undefined } });
    await expect(run()).rejects.toMatchObject({ issues: [{ code: 'wrong_password' }] });
    const refusal = expect.objectContaining({ action: 'password.refused', details: {} });
    expect(recordAttempt).toHaveBeenCalledWith(expect.anything(), false, expect.any(String), refusal);
  });

  it('uses the salt of the same address in another organization, and no salt of its own', async () => {
    const own = { organizationId: 'org_a', userId: 'joy', hash: 'the hash' };
    const other = { organizationId: 'org_b', userId: 'joy', hash: 'another' };
    for (const [members, salt] of [
      [[own], undefined],
      [[own, other], 'another'],
    ] as const) {
      const { run, passwords } = depsOf({ sessions: { findMemberships: async () => members } });
      await run();
      expect(passwords.replace).toHaveBeenCalledWith(expect.anything(), expect.anything(), salt);
    }
  });

  it('fails if another password was set meanwhile', async () => {
    const setPassword = vi.fn(async () => false);
    const { run, audit } = depsOf({ sessions: { setPassword } });
    await expect(run()).rejects.toMatchObject({ code: 'invalid_request', issues: [{ code: 'wrong_password' }] });
    expect(setPassword).toHaveBeenCalledWith(expect.objectContaining({ presentHash: 'the hash' }));
    expect(audit.append).not.toHaveBeenCalled();
  });
});
