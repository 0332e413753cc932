import type { Actor } from './context.ts';
import { CurlewError } from './errors.ts';
import { REACHES, type Reach, RIGHTS, type Right } from './rights.ts';

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

/**
 * Throws `forbidden` for an API key without all rights. An admin can sign in and has all rights, so a limited key must
 * not create an admin, or change what admits one: the role, the address, the activation.
 */
export function requireAllRights({ actor }: { readonly actor: Actor }): void {
  const missing = RIGHTS.find((right) => !isInScope(actor, right));
  if (missing !== undefined) throw forbidden(actor, missing);
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
