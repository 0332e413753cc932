import type { Reach, Right } from '@curlew/core/kernel';
import type { RouteId } from '../../src/contract/openapi/routes.ts';

/** Each kind of caller; the operator is an admin too. */
export const CALLER_KINDS = ['anonymous', 'customer', 'agent', 'admin', 'operator'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

type Row = readonly [right: Right | 'public', ...reaches: readonly [Reach, Reach, Reach, Reach, Reach]];

/**
 * The expected rights: each operation, the right that it needs, and over which things each kind of caller may use it:
 * none, their own, or all of their organization. Written by hand, and derived from nothing: the tests compare the
 * running API and docs/rights.md with it.
 */
// biome-ignore format: A table is read by its columns.
export const WHO_MAY = {
  //                    right                   anonymous customer agent admin operator
  createTicket:        ['tickets:write',        'none', 'own',  'all',  'all',  'all'],
  listTickets:         ['tickets:read',         'none', 'own',  'all',  'all',  'all'],
  getTicket:           ['tickets:read',         'none', 'own',  'all',  'all',  'all'],
  replaceTicket:       ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  patchTicket:         ['tickets:write',        'none', 'own',  'all',  'all',  'all'],
  deleteTicket:        ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  restoreTicket:       ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  addMessage:          ['tickets:write',        'none', 'own',  'all',  'all',  'all'],
  listMessages:        ['tickets:read',         'none', 'own',  'all',  'all',  'all'],
  getMessage:          ['tickets:read',         'none', 'own',  'all',  'all',  'all'],
  listHistory:         ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  analyzeText:         ['tickets:read',         'none', 'none', 'all',  'all',  'all'],
  triageTicket:        ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  applySuggestions:    ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],
  revertSuggestions:   ['tickets:manage',       'none', 'none', 'all',  'all',  'all'],

  createTask:          ['tasks:write',          'none', 'none', 'all',  'all',  'all'],
  listTasks:           ['tasks:read',           'none', 'none', 'all',  'all',  'all'],
  getTask:             ['tasks:read',           'none', 'none', 'all',  'all',  'all'],
  patchTask:           ['tasks:write',          'none', 'none', 'all',  'all',  'all'],
  deleteTask:          ['tasks:write',          'none', 'none', 'all',  'all',  'all'],

  createUser:          ['users:write',          'none', 'none', 'all',  'all',  'all'],
  listUsers:           ['users:read',           'none', 'own',  'all',  'all',  'all'],
  getUser:             ['users:read',           'none', 'own',  'all',  'all',  'all'],
  patchUser:           ['users:write',          'none', 'own',  'all',  'all',  'all'],
  deleteUser:          ['users:manage',         'none', 'none', 'none', 'all',  'all'],
  exportUser:          ['users:manage',         'none', 'own',  'own',  'all',  'all'],
  getMe:               ['users:read',           'none', 'own',  'own',  'own',  'own'],

  signIn:              ['public',               'all',  'all',  'all',  'all',  'all'],
  refreshSession:      ['public',               'all',  'all',  'all',  'all',  'all'],
  listSessions:        ['users:read',           'none', 'own',  'own',  'own',  'own'],
  endSession:          ['users:write',          'none', 'own',  'own',  'own',  'own'],
  endSessions:         ['users:write',          'none', 'own',  'own',  'own',  'own'],
  endSessionsOf:       ['users:manage',         'none', 'none', 'none', 'all',  'all'],
  changePassword:      ['users:write',          'none', 'own',  'own',  'own',  'own'],
  createPasswordToken: ['users:manage',         'none', 'none', 'none', 'all',  'all'],
  setPassword:         ['public',               'all',  'all',  'all',  'all',  'all'],
  getPublicKeys:       ['public',               'all',  'all',  'all',  'all',  'all'],

  createApiKey:        ['api-keys:manage',      'none', 'own',  'own',  'all',  'all'],
  listApiKeys:         ['api-keys:manage',      'none', 'own',  'own',  'all',  'all'],
  getApiKey:           ['api-keys:manage',      'none', 'own',  'own',  'all',  'all'],
  revokeApiKey:        ['api-keys:manage',      'none', 'own',  'own',  'all',  'all'],

  createOrganization:  ['organizations:manage', 'none', 'none', 'none', 'none', 'all'],
  listOrganizations:   ['organizations:read',   'none', 'own',  'own',  'own',  'all'],
  getOrganization:     ['organizations:read',   'none', 'own',  'own',  'own',  'all'],
  patchOrganization:   ['organizations:manage', 'none', 'none', 'none', 'own',  'all'],

  listAudit:           ['audit:read',           'none', 'none', 'none', 'all',  'all'],

  getSummary:          ['analytics:read',       'none', 'none', 'all',  'all',  'all'],

  getRoot:             ['public',               'all',  'all',  'all',  'all',  'all'],
  getHealth:           ['public',               'all',  'all',  'all',  'all',  'all'],
  getReadiness:        ['public',               'all',  'all',  'all',  'all',  'all'],
  getOpenApiJson:      ['public',               'all',  'all',  'all',  'all',  'all'],
  getOpenApiYaml:      ['public',               'all',  'all',  'all',  'all',  'all'],
  getDocs:             ['public',               'all',  'all',  'all',  'all',  'all'],
  getDocsAsset:        ['public',               'all',  'all',  'all',  'all',  'all'],
  listErrors:          ['public',               'all',  'all',  'all',  'all',  'all'],
  getError:            ['public',               'all',  'all',  'all',  'all',  'all'],
} as const satisfies Readonly<Record<RouteId, Row>>;

export function expectedRight(route: RouteId): Right | 'public' {
  return WHO_MAY[route][0];
}

export function expectedReach(route: RouteId, caller: CallerKind): Reach {
  const [, ...reaches] = WHO_MAY[route];
  return reaches[CALLER_KINDS.indexOf(caller)] ?? 'none';
}
