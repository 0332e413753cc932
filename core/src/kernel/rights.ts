import type { Actor, Role } from './context.ts';
import { CurlewError } from './errors.ts';

/** What a caller may do to what. A role brings rights; the scopes of an API key limit it to some of its owner's. */
export const RIGHTS = [
  'tickets:read',
  'tickets:write',
  'tickets:manage',
  'tasks:read',
  'tasks:write',
  'users:read',
  'users:write',
  'users:manage',
  'analytics:read',
  'api-keys:manage',
  'audit:read',
  'organizations:read',
  'organizations:manage',
] as const;
export type Right = (typeof RIGHTS)[number];

/** How far a right goes: over nothing, over the caller's own things, over all of the organization. */
export type Reach = 'none' | 'own' | 'all';

export interface RoleReaches extends Readonly<Record<Role, Reach>> {
  /** The operator's reach, whatever the role; absent where the role decides. */
  readonly operator?: Reach;
}

/**
 * How far each right goes for each role. A customer's own tickets are those that they reported, without the notes of
 * staff.
 */
export const REACHES: Readonly<Record<Right, RoleReaches>> = {
  'tickets:read': { customer: 'own', agent: 'all', admin: 'all' },
  'tickets:write': { customer: 'own', agent: 'all', admin: 'all' },
  'tickets:manage': { customer: 'none', agent: 'all', admin: 'all' },
  'tasks:read': { customer: 'none', agent: 'all', admin: 'all' },
  'tasks:write': { customer: 'none', agent: 'all', admin: 'all' },
  'users:read': { customer: 'own', agent: 'all', admin: 'all' },
  'users:write': { customer: 'own', agent: 'all', admin: 'all' },
  'users:manage': { customer: 'own', agent: 'own', admin: 'all' },
  'analytics:read': { customer: 'none', agent: 'all', admin: 'all' },
  'api-keys:manage': { customer: 'own', agent: 'own', admin: 'all' },
  'audit:read': { customer: 'none', agent: 'none', admin: 'all' },
  'organizations:read': { customer: 'own', agent: 'own', admin: 'own', operator: 'all' },
  'organizations:manage': { customer: 'none', agent: 'none', admin: 'own', operator: 'all' },
};

/** How far the caller's right goes: by role, and nowhere for an API key without it. */
export function reachOf(actor: Actor, right: Right): Reach {
  if (!isInScope(actor, right)) return 'none';
  const { operator, ...byRole } = REACHES[right];
  return (actor.operator && operator) || byRole[actor.role];
}

/**
 * Throws `forbidden`, which names the right, unless the caller has it; with `over: 'all'`, unless it goes over all of
 * the organization. A verb on one thing first loads it: a thing that the caller may not see is `not_found`.
 */
export function requireAccess({ actor }: { readonly actor: Actor }, right: Right, over: 'own' | 'all' = 'own'): void {
  const reach = reachOf(actor, right);
  if (reach === 'none' || (over === 'all' && reach !== 'all')) throw forbidden(actor, right);
}

/** Throws `forbidden` when the target is the operator and the caller is not: only operators change an operator. */
export function requireOperatorFor({ actor }: { readonly actor: Actor }, target: { readonly operator: boolean }): void {
  if (target.operator && !actor.operator) throw forbidden(actor, 'organizations:manage');
}

/** Whether the key that the caller came with, if any, brings the right. */
export function isInScope({ scopes }: Actor, right: Right): boolean {
  return scopes === undefined || scopes.includes(right);
}

export function forbidden(actor: Actor, right: Right): CurlewError {
  const who = isInScope(actor, right) ? `the role ${actor.role} does not bring` : 'this API key does not have';
  return new CurlewError('forbidden', `This needs the right ${right}, which ${who} here.`, { details: { right } });
}

/** Whether the caller belongs to the organization's staff, and sees what customers do not. */
export function isStaff({ role }: Actor): boolean {
  return role !== 'customer';
}
