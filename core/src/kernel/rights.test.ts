import { describe, expect, it } from 'vitest';
import type { Actor } from './index.ts';
import { reachOf, requireAccess } from './index.ts';

const admin: Actor = { organizationId: 'org_a', userId: 'ada', role: 'admin' };
const customer: Actor = { ...admin, userId: 'cleo', role: 'customer' };

describe('reachOf', () => {
  it("OK: returns the role's reach, and the operator's own reach for an operator", () => {
    expect([reachOf(customer, 'tickets:read'), reachOf(customer, 'tasks:read')]).toEqual(['own', 'none']);
    expect(reachOf(admin, 'organizations:manage')).toBe('own');
    expect(reachOf({ ...admin, operator: true }, 'organizations:manage')).toBe('all');
    expect(reachOf({ ...admin, operator: true }, 'tickets:read')).toBe('all');
  });

  it('returns none for an API key without the right, also for an operator', () => {
    expect(reachOf({ ...admin, operator: true, scopes: ['tickets:read'] }, 'organizations:read')).toBe('none');
  });
});

describe('requireAccess', () => {
  const refusal = (actor: Actor, over?: 'all') => {
    try {
      return requireAccess({ actor }, 'tickets:write', over);
    } catch (error) {
      return error;
    }
  };

  it('OK: accepts a caller with the right', () => {
    expect([refusal(customer), refusal(admin), refusal(admin, 'all')]).toEqual([undefined, undefined, undefined]);
  });

  it('forbidden: names the right, and whether the role or the key lacks it', () => {
    const details = { right: 'tickets:write' };
    expect(refusal(customer, 'all')).toMatchObject({
      code: 'forbidden',
      details,
      message: expect.stringContaining('role customer'),
    });
    expect(refusal({ ...admin, scopes: [] })).toMatchObject({
      code: 'forbidden',
      details,
      message: expect.stringContaining('API key'),
    });
  });
});
