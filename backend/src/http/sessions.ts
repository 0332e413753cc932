import {
  changePassword,
  createPasswordToken,
  endSession,
  endSessions,
  endSessionsOf,
  listSessions,
  NewPasswordToken,
  PasswordByToken,
  PasswordChange,
  PasswordToken,
  Refresh,
  refreshSession,
  Session,
  type SessionDeps,
  SignIn,
  setPassword,
  signIn,
  Tokens,
} from '@curlew/core/session';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { requireIdempotencyKey } from './idempotency.ts';
import { empty, json } from './reply.ts';

export interface SessionPorts extends Omit<SessionDeps, 'ctx'> {
  /** The public keys with which other programs verify access tokens. */
  publicKeys(): { readonly keys: readonly object[] };
}

const route = routesFor<SessionPorts>();

// RFC 6749, 5.1: no cache may store a response that contains tokens.
const NOT_STORED = { 'cache-control': 'no-store' };

/** A key as RFC 7517 describes it. */
export const PublicKey = z.looseObject({
  kty: z.string(),
  kid: z.string(),
  alg: z.string(),
  use: z.literal('sig'),
});
export const PublicKeys = z.object({ keys: z.array(PublicKey) });

export const sessionRoutes = [
  route({
    id: 'signIn',
    right: 'public',
    method: 'POST',
    path: '/auth/sessions',
    body: { schema: SignIn, kind: 'create' },
    // A limit by account would let any caller keep the account's owner out.
    triesSecretOf: () => undefined,
    successes: [{ status: 201, schema: Tokens }],
    problems: ['wrong_credentials'],
    run: (deps, { body }) => signIn(deps, body),
    reply: ({ session, tokens }, { path }) => json(201, tokens, { location: `${path}/${session.id}`, ...NOT_STORED }),
  }),
  route({
    id: 'refreshSession',
    right: 'public',
    changesCallers: true,
    method: 'POST',
    path: '/auth/sessions/refresh',
    body: { schema: Refresh, kind: 'create' },
    accepts: ['Idempotency-Key'],
    successes: [{ status: 200, schema: Tokens }],
    problems: ['wrong_credentials'],
    run(deps, { body, header }) {
      const key = header('idempotency-key');
      if (key !== undefined) requireIdempotencyKey(key);
      return refreshSession(deps, body, key);
    },
    reply: ({ tokens, isReplayed }) =>
      json(200, tokens, { ...NOT_STORED, ...(isReplayed ? { 'idempotent-replayed': 'true' } : {}) }),
  }),
  route({
    id: 'listSessions',
    right: 'users:read',
    over: 'own',
    method: 'GET',
    path: '/auth/sessions',
    successes: [{ status: 200, schema: z.array(Session) }],
    problems: [],
    run: (deps) => listSessions(deps),
    reply: (sessions) => json(200, sessions),
  }),
  route({
    id: 'endSession',
    right: 'users:write',
    over: 'own',
    changesCallers: true,
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    successes: [{ status: 204 }],
    problems: ['not_found'],
    run: (deps, { params }) => endSession(deps, params.sessionId ?? ''),
    reply: () => empty(204),
  }),
  route({
    id: 'endSessions',
    right: 'users:write',
    over: 'own',
    changesCallers: true,
    method: 'DELETE',
    path: '/auth/sessions',
    successes: [{ status: 204 }],
    problems: [],
    run: (deps) => endSessions(deps),
    reply: () => empty(204),
  }),
  route({
    id: 'endSessionsOf',
    right: 'users:manage',
    over: 'all',
    changesCallers: true,
    method: 'DELETE',
    path: '/users/{userId}/sessions',
    successes: [{ status: 204 }],
    problems: ['not_found'],
    run: (deps, { params }) => endSessionsOf(deps, params.userId ?? ''),
    reply: () => empty(204),
  }),
  route({
    id: 'changePassword',
    right: 'users:write',
    over: 'own',
    changesCallers: true,
    method: 'PUT',
    path: '/me/password',
    body: { schema: PasswordChange, kind: 'create' },
    // By session, so that a thief of one session does not use up the attempts of the others.
    triesSecretOf: (_, { organizationId, userId, sessionId = 'key' }) => `${organizationId} ${userId} ${sessionId}`,
    successes: [{ status: 204 }],
    problems: ['not_found'],
    run: (deps, { body }) => changePassword(deps, body),
    reply: () => empty(204),
  }),
  route({
    id: 'createPasswordToken',
    right: 'users:manage',
    refusesKeys: true,
    over: 'all',
    changesCallers: true,
    method: 'POST',
    path: '/users/{userId}/password-tokens',
    body: { schema: NewPasswordToken, kind: 'create' },
    successes: [{ status: 201, schema: PasswordToken }],
    problems: ['not_found'],
    run: (deps, { params, body }) => createPasswordToken(deps, params.userId ?? '', body),
    // A token cannot be read again, so `location` names this path instead of an address of the token.
    reply: (token, { path }) => json(201, token, { location: path, ...NOT_STORED }),
  }),
  route({
    id: 'setPassword',
    right: 'public',
    changesCallers: true,
    method: 'POST',
    path: '/auth/password',
    body: { schema: PasswordByToken, kind: 'create' },
    // The account in an unverified token must not select a counter: any caller could use up that account's attempts.
    triesSecretOf: () => undefined,
    successes: [{ status: 204 }],
    problems: ['wrong_credentials'],
    run: (deps, { body }) => setPassword(deps, body),
    reply: () => empty(204),
  }),
  route({
    id: 'getPublicKeys',
    right: 'public',
    method: 'GET',
    path: '/.well-known/jwks.json',
    successes: [{ status: 200, schema: PublicKeys }],
    problems: [],
    run: async ({ publicKeys }) => publicKeys(),
    reply: (keys) => json(200, keys, { 'cache-control': 'public, max-age=300' }),
  }),
];
