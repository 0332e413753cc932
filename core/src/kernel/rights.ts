import type { Actor, Role } from './context.ts';
import { CurlewError } from './errors.ts';

/**
 * The rights that callers may have. A user's role gives rights; the scopes of an API key limit the rights of its user.
 */
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

/** The reach of a right: no resources, the caller's own resources, or all resources of the organization. */
export type Reach = 'none' | 'own' | 'all';

export interface RoleReaches extends Readonly<Record<Role, Reach>> {
  /** The reach of an operator with any role; absent if only the role decides. */
  readonly operator?: Reach;
}

/**
 * The reach of each right for each role. A customer's own tickets are the tickets that the customer reported, without
 * the staff's notes.
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

/** The reach of a right for this caller, by role; `none` if the caller's API key does not include the right. */
export function reachOf(actor: Actor, right: Right): Reach {
  if (!isInScope(actor, right)) return 'none';
  const { operator, ...byRole } = REACHES[right];
  return (actor.operator && operator) || byRole[actor.role];
}

/**
 * Throws `forbidden`, which names the right, unless the caller has the right; with `over: 'all'`, unless the right
 * reaches all resources of the organization. An operation on one resource must load it first, because a resource that
 * the caller may not see is `not_found`.
 */
export function requireAccess({ actor }: { readonly actor: Actor }, right: Right, over: 'own' | 'all' = 'own'): void {
  const reach = reachOf(actor, right);
  if (reach === 'none' || (over === 'all' && reach !== 'all')) throw forbidden(actor, right);
}

/** Throws `forbidden` if the target user is an operator and the caller is not. */
export function requireOperatorFor({ actor }: { readonly actor: Actor }, target: { readonly operator: boolean }): void {
  if (target.operator && !actor.operator) throw forbidden(actor, 'organizations:manage');
}

/** Whether the caller's API key includes the right. True for a caller without a key. */
export function isInScope({ scopes }: Actor, right: Right): boolean {
  return scopes === undefined || scopes.includes(right);
}

export function forbidden(actor: Actor, right: Right): CurlewError {
  const holder = isInScope(actor, right) ? `the role ${actor.role}` : 'this API key';
  const message = `This needs the right ${right}, which ${holder} does not have here.`;
  return new CurlewError('forbidden', message, { details: { right } });
}

/** Whether the caller is an agent or an admin. */
export function isStaff({ role }: Actor): boolean {
  return role !== 'customer';
}
