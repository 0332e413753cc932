import type { RouteId } from '../../src/contract/openapi/routes.ts';
import { get, patch, post, put, remove, type Sent } from './host.ts';

/** What belongs to one person, or was made for a test about them. */
export interface Things {
  readonly ticket: string;
  readonly reply: string;
  readonly task: string;
  readonly user: string;
  readonly apiKey: string;
  readonly organization: string;
}

export interface Asked {
  /** What the request is about; absent where it is about no one thing. */
  readonly on?: 'ticket' | 'task' | 'user' | 'apiKey' | 'organization';
  send(things: Things): Sent;
  /** How it is answered to whoever may, beside with success: what these tests give has its limits. */
  readonly also?: string;
}

const replacement = { title: 'T', description: '', status: 'NEW', priority: 'LOW', type: 'QUESTION' };

/** A request for each route. A route that is not here does not compile. */
export const REQUESTS: Readonly<Record<RouteId, Asked>> = {
  createTicket: { send: () => post('/v1/tickets', { title: 'T' }) },
  listTickets: { send: () => get('/v1/tickets') },
  getTicket: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}`) },
  replaceTicket: {
    on: 'ticket',
    send: ({ ticket, user }) => put(`/v1/tickets/${ticket}`, { ...replacement, reporterId: user }),
  },
  patchTicket: { on: 'ticket', send: ({ ticket }) => patch(`/v1/tickets/${ticket}`, { title: 'New' }) },
  deleteTicket: { on: 'ticket', send: ({ ticket }) => remove(`/v1/tickets/${ticket}`) },
  restoreTicket: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/restore`) },
  addMessage: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/messages`, { body: 'Hello' }) },
  listMessages: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}/messages`) },
  getMessage: { on: 'ticket', send: ({ ticket, reply }) => get(`/v1/tickets/${ticket}/messages/${reply}`) },
  listHistory: { on: 'ticket', send: ({ ticket }) => get(`/v1/tickets/${ticket}/history`) },

  createTask: { send: () => post('/v1/tasks', { title: 'T' }) },
  listTasks: { send: () => get('/v1/tasks') },
  getTask: { on: 'task', send: ({ task }) => get(`/v1/tasks/${task}`) },
  patchTask: { on: 'task', send: ({ task }) => patch(`/v1/tasks/${task}`, { title: 'New' }) },
  deleteTask: { on: 'task', send: ({ task }) => remove(`/v1/tasks/${task}`) },

  createUser: { send: () => post('/v1/users', { name: 'New' }) },
  listUsers: { send: () => get('/v1/users') },
  getUser: { on: 'user', send: ({ user }) => get(`/v1/users/${user}`) },
  patchUser: { on: 'user', send: ({ user }) => patch(`/v1/users/${user}`, { name: 'New' }) },
  deleteUser: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}`), also: 'own_account' },
  exportUser: { on: 'user', send: ({ user }) => get(`/v1/users/${user}/export`) },
  getMe: { send: () => get('/v1/me') },

  // Nobody here has a password; what sessions do is in the tests of signing in.
  signIn: { send: () => post('/v1/auth/sessions', { email: 'a@example.com', password: 'wrong password' }) },
  refreshSession: { send: () => post('/v1/auth/sessions/refresh', { refreshToken: 'x' }) },
  listSessions: { send: () => get('/v1/auth/sessions') },
  endSession: { send: () => remove('/v1/auth/sessions/current'), also: 'not_found' },
  endSessions: { send: () => remove('/v1/auth/sessions') },
  endSessionsOf: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}/sessions`) },
  changePassword: {
    send: () => put('/v1/me/password', { currentPassword: 'none', password: 'a new password' }),
    also: 'invalid_request',
  },
  createPasswordToken: {
    on: 'user',
    send: ({ user }) => post(`/v1/users/${user}/password-tokens`, { kind: 'reset' }),
    // By an API key nobody may.
    also: 'forbidden',
  },
  setPassword: { send: () => post('/v1/auth/password', { token: 'x', password: 'a new password' }) },
  getPublicKeys: { send: () => get('/.well-known/jwks.json') },

  createApiKey: { send: () => post('/v1/api-keys', { name: 'New', scopes: ['tickets:read'] }), also: 'forbidden' },
  listApiKeys: { send: () => get('/v1/api-keys') },
  getApiKey: { on: 'apiKey', send: ({ apiKey }) => get(`/v1/api-keys/${apiKey}`) },
  revokeApiKey: { on: 'apiKey', send: ({ apiKey }) => remove(`/v1/api-keys/${apiKey}`) },

  createOrganization: {
    send: () => post('/v1/organizations', { name: 'New', admin: { email: 'new@example.net', name: 'New' } }),
  },
  listOrganizations: { send: () => get('/v1/organizations') },
  getOrganization: { on: 'organization', send: ({ organization }) => get(`/v1/organizations/${organization}`) },
  patchOrganization: {
    on: 'organization',
    send: ({ organization }) => patch(`/v1/organizations/${organization}`, { name: 'Default' }),
  },

  listAudit: { send: () => get('/v1/audit') },
  triageTicket: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage`) },
  applySuggestions: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage/apply`) },
  revertSuggestions: { on: 'ticket', send: ({ ticket }) => post(`/v1/tickets/${ticket}/triage/revert`) },
  analyzeText: { send: () => post('/v1/analyses', { text: 'Where is my parcel?' }) },
  getSummary: { send: () => get('/v1/analytics/summary') },
  getRoot: { send: () => get('/') },
  getHealth: { send: () => get('/healthz') },
  getReadiness: { send: () => get('/readyz') },
  getOpenApiJson: { send: () => get('/openapi.json') },
  getOpenApiYaml: { send: () => get('/openapi.yaml') },
  getDocs: { send: () => get('/docs') },
  getDocsAsset: { send: () => get('/docs/assets/start.js') },
  listErrors: { send: () => get('/docs/errors') },
  getError: { send: () => get('/docs/errors/forbidden') },
};

/** What there is on one machine only: people sign in elsewhere in the cloud. */
export const SIGN_IN: ReadonlySet<RouteId> = new Set([
  'signIn',
  'refreshSession',
  'listSessions',
  'endSession',
  'endSessions',
  'endSessionsOf',
  'changePassword',
  'createPasswordToken',
  'setPassword',
  'getPublicKeys',
]);
