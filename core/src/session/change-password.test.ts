import { describe, expect, it, vi } from 'vitest';
import { changePassword, type SessionDeps } from './index.ts';

const change = { currentPassword: 'ten brown curlews', password: 'three blue teals' };

/** `changePassword` for the signed-in user Joy, on ports that accept everything unless the test replaces a method. */
function depsOf({ sessions = {}, passwords = {} }: { sessions?: object; passwords?: object } = {}) {
  const ports = {
    users: { find: async () => ({ user: { id: 'joy', email: 'joy@example.com', active: true }, deletedAt: null }) },
    sessions: {
      isRefused: vi.fn(async () => false),
      findPasswordHash: vi.fn(async () => 'the hash'),
      recordAttempt: vi.fn(async () => true),
      setPassword: vi.fn(async () => true),
      ...sessions,
    },
    passwords: { verify: vi.fn(async () => true), hash: vi.fn(async () => 'another hash'), ...passwords },
    audit: { append: vi.fn(async () => {}) },
  };
  const ctx = {
    actor: { organizationId: 'org_a', userId: 'joy', role: 'agent' },
    requestId: 'req_test',
    address: '2001:db8:1:2::9',
    now: () => '2026-03-01T00:00:00.000Z',
    newId: () => 'aud_1',
  };
  return { ...ports, run: () => changePassword({ ctx, ...ports } as unknown as SessionDeps, change) };
}

describe('changePassword', () => {
  it('computes no hash while tries are refused', async () => {
    const { run, passwords, sessions } = depsOf({ sessions: { isRefused: async () => true } });
    await expect(run()).rejects.toMatchObject({ issues: [{ code: 'wrong_password' }] });
    expect(passwords.verify).not.toHaveBeenCalled();
    expect(sessions.recordAttempt).not.toHaveBeenCalled();
  });

  it('passes the user to the hash, and the network to the counter of tries', async () => {
    const { run, passwords, sessions } = depsOf();
    await run();
    expect(passwords.verify).toHaveBeenCalledWith(change.currentPassword, 'the hash', 'org_a joy');
    expect(passwords.hash).toHaveBeenCalledWith(change.password, 'org_a joy');
    const tried = { organizationId: 'org_a', account: 'user:joy', network: '2001:db8:1:2::/64' };
    expect(sessions.recordAttempt).toHaveBeenCalledWith(tried, true, '2026-03-01T00:00:00.000Z');
  });

  it('fails if another password was set meanwhile', async () => {
    const setPassword = vi.fn(async () => false);
    const { run, audit } = depsOf({ sessions: { setPassword } });
    await expect(run()).rejects.toMatchObject({ code: 'invalid_request', issues: [{ code: 'wrong_password' }] });
    expect(setPassword).toHaveBeenCalledWith(expect.objectContaining({ presentHash: 'the hash' }));
    expect(audit.append).not.toHaveBeenCalled();
  });
});
