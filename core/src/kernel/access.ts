import type { Actor, Context, Role } from './context.ts';
import { CurlewError } from './errors.ts';

/** What a caller may do to what. A role brings rights; an API key may be limited to some of its owner's. */
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

/** How far a right goes: over nothing, over what is the caller's own, over all of the organization. */
export type Reach = 'none' | 'own' | 'all';

/** What the operation at hand needs, and how far the caller's right to it goes. */
export interface Access {
  readonly right: Right | 'public';
  readonly reach: Reach;
}

/**
 * Throws `forbidden`, which names the right, when the caller has none to the operation at hand. A verb on one thing
 * asks after it has loaded it: over what a caller may not see, the answer is that it is not there.
 */
export function requireAccess({ actor, access }: Pick<Context, 'actor' | 'access'>): void {
  if (access.reach === 'none' && access.right !== 'public') throw forbidden(actor, access.right);
}

/** Throws `forbidden`, which names the right, unless the caller is `least` or more and their key, if any, brings it. */
export function requireRight(actor: Actor, right: Right, least: Exclude<Role, 'customer'>): void {
  const isEnough = actor.role === 'admin' || actor.role === least;
  if (!isEnough || !isInScope(actor, right)) throw forbidden(actor, right);
}

/** Throws `forbidden` when somebody is to be changed who looks after organizations, and the caller does not. */
export function requireOperatorFor({ actor }: Pick<Context, 'actor'>, target: { readonly operator: boolean }): void {
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
