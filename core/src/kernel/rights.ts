/** The roles of users: customers ask for help, agents answer, admins also manage the organization. */
export const ROLES = ['customer', 'agent', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The role with the fewest rights. Each role has all rights of the roles before it in `ROLES`. */
export function lowestRole(roles: readonly Role[]): Role {
  return ROLES.find((role) => roles.includes(role)) ?? ROLES[0];
}

/**
 * The rights that callers may have. A user's role gives rights; the scopes of an API key limit the rights of its user.
 * Services do not declare their rights themselves: the contract lists all rights as scopes, in this order.
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
