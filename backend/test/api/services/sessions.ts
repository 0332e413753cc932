import { get, post, put, remove } from '../host.ts';
import type { RequestsOf, Tables } from '../requests.ts';

export const requests: RequestsOf<'sessions'> = {
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
};

// Signing in has tests of its own, on one machine.
export const tables: Tables = {};
