import { type Access, type Actor, isInScope, type Reach, type Right, type Role } from '@curlew/core/kernel';

/** Who may use a route, role by role. */
export interface Admission extends Readonly<Record<Role, Reach>> {
  readonly right: Right;
  /** Of the operator, whatever their role. */
  readonly operator?: Reach;
}

const may = (right: Right, customer: Reach, agent: Reach, admin: Reach, operator?: Reach): Admission => ({
  right,
  customer,
  agent,
  admin,
  ...(operator === undefined ? {} : { operator }),
});

/**
 * Every route by its id, and who may use it: `everyone`, or role by role over nothing, what is their own, or all of
 * their organization. Customers' own are the tickets that they reported, without what staff says among itself.
 */
export const ACCESS = {
  //                                         customer agent   admin
  createTicket: may('tickets:write', 'own', 'all', 'all'),
  listTickets: may('tickets:read', 'own', 'all', 'all'),
  getTicket: may('tickets:read', 'own', 'all', 'all'),
  replaceTicket: may('tickets:manage', 'none', 'all', 'all'),
  patchTicket: may('tickets:write', 'own', 'all', 'all'),
  deleteTicket: may('tickets:manage', 'none', 'all', 'all'),
  restoreTicket: may('tickets:manage', 'none', 'all', 'all'),
  addMessage: may('tickets:write', 'own', 'all', 'all'),
  listMessages: may('tickets:read', 'own', 'all', 'all'),
  getMessage: may('tickets:read', 'own', 'all', 'all'),
  listHistory: may('tickets:manage', 'none', 'all', 'all'),
  analyzeText: may('tickets:read', 'none', 'all', 'all'),
  triageTicket: may('tickets:manage', 'none', 'all', 'all'),
  applySuggestions: may('tickets:manage', 'none', 'all', 'all'),
  revertSuggestions: may('tickets:manage', 'none', 'all', 'all'),

  createTask: may('tasks:write', 'none', 'all', 'all'),
  listTasks: may('tasks:read', 'none', 'all', 'all'),
  getTask: may('tasks:read', 'none', 'all', 'all'),
  patchTask: may('tasks:write', 'none', 'all', 'all'),
  deleteTask: may('tasks:write', 'none', 'all', 'all'),

  createUser: may('users:write', 'none', 'all', 'all'),
  listUsers: may('users:read', 'own', 'all', 'all'),
  getUser: may('users:read', 'own', 'all', 'all'),
  patchUser: may('users:write', 'own', 'all', 'all'),
  deleteUser: may('users:manage', 'none', 'none', 'all'),
  exportUser: may('users:manage', 'own', 'own', 'all'),
  getMe: may('users:read', 'own', 'own', 'own'),

  signIn: 'everyone',
  refreshSession: 'everyone',
  listSessions: may('users:read', 'own', 'own', 'own'),
  endSession: may('users:write', 'own', 'own', 'own'),
  endSessions: may('users:write', 'own', 'own', 'own'),
  endSessionsOf: may('users:manage', 'none', 'none', 'all'),
  changePassword: may('users:write', 'own', 'own', 'own'),
  createPasswordToken: may('users:manage', 'none', 'none', 'all'),
  setPassword: 'everyone',
  getPublicKeys: 'everyone',

  createApiKey: may('api-keys:manage', 'own', 'own', 'all'),
  listApiKeys: may('api-keys:manage', 'own', 'own', 'all'),
  getApiKey: may('api-keys:manage', 'own', 'own', 'all'),
  revokeApiKey: may('api-keys:manage', 'own', 'own', 'all'),

  createOrganization: may('organizations:manage', 'none', 'none', 'none', 'all'),
  listOrganizations: may('organizations:read', 'own', 'own', 'own', 'all'),
  getOrganization: may('organizations:read', 'own', 'own', 'own', 'all'),
  patchOrganization: may('organizations:manage', 'none', 'none', 'own', 'all'),

  listAudit: may('audit:read', 'none', 'none', 'all'),

  getSummary: may('analytics:read', 'none', 'all', 'all'),

  getRoot: 'everyone',
  getHealth: 'everyone',
  getReadiness: 'everyone',
  getOpenApiJson: 'everyone',
  getOpenApiYaml: 'everyone',
  getDocs: 'everyone',
  getDocsAsset: 'everyone',
  listErrors: 'everyone',
  getError: 'everyone',
} as const satisfies Readonly<Record<string, Admission | 'everyone'>>;

export type RouteId = keyof typeof ACCESS;

/** How far the caller's right to the route goes. */
export function accessOf(id: RouteId, actor: Actor): Access {
  const admission: Admission | 'everyone' = ACCESS[id];
  if (admission === 'everyone') return { right: 'public', reach: 'all' };
  const { right } = admission;
  if (!isInScope(actor, right)) return { right, reach: 'none' };
  const byRole = admission[actor.role];
  return { right, reach: actor.operator && admission.operator !== undefined ? admission.operator : byRole };
}

/** Whether the route says the same to everybody, or is there to find out who asks. */
export function isPublic(id: RouteId): boolean {
  return ACCESS[id] === 'everyone';
}
