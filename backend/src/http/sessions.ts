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
import { empty, json } from './reply.ts';

export interface SessionPorts extends Omit<SessionDeps, 'ctx'> {
  /** With what others check access tokens. */
  publicKeys(): { readonly keys: readonly object[] };
}

const route = routesFor<SessionPorts>();

// RFC 6749, 5.1: no cache on the way keeps what lets somebody in.
const NOT_STORED = { 'cache-control': 'no-store' };

const PublicKeys = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string(), use: z.literal('sig') })),
});

export const sessionRoutes = [
  route({
    id: 'signIn',
    method: 'POST',
    path: '/auth/sessions',
    service: 'users',
    summary: 'Sign in',
    description:
      'Begins a session. Whatever is wrong, the answer is the same. After five failed tries in a row from one network the next from there has to wait for a second, and each failure doubles that, up to 15 minutes; meanwhile even the right password is refused. After a hundred in a day from all networks together every next one has to wait, up to a minute.',
    body: { schema: SignIn, kind: 'create' },
    triesSecretOf: ({ body }) => body.email.toLowerCase(),
    successes: [
      { status: 201, description: 'What proves who you are, for ten minutes, and how to go on.', schema: Tokens },
    ],
    problems: ['wrong_credentials'],
    run: (deps, { body }) => signIn(deps, body),
    reply: ({ session, tokens }, { path }) => json(201, tokens, { location: `${path}/${session.id}`, ...NOT_STORED }),
  }),
  route({
    id: 'refreshSession',
    method: 'POST',
    path: '/auth/sessions/refresh',
    service: 'users',
    summary: 'Continue a session',
    description:
      'Each refresh token is good for once. A second use of one ends its session, because one of the two who hold it has stolen it; so never send it twice, and sign in again when an answer was lost. A session ends when it is not refreshed for 14 days, and after 90 days.',
    body: { schema: Refresh, kind: 'create' },
    successes: [{ status: 200, description: 'The next tokens of the session.', schema: Tokens }],
    problems: ['wrong_credentials'],
    run: (deps, { body }) => refreshSession(deps, body),
    reply: (tokens) => json(200, tokens, NOT_STORED),
  }),
  route({
    id: 'listSessions',
    method: 'GET',
    path: '/auth/sessions',
    service: 'users',
    summary: 'List where you are signed in',
    description: 'At most 100, the latest first: a later one ends the oldest.',
    successes: [{ status: 200, description: 'Your sessions.', schema: z.array(Session) }],
    problems: [],
    run: (deps) => listSessions(deps),
    reply: (sessions) => json(200, sessions),
  }),
  route({
    id: 'endSession',
    method: 'DELETE',
    path: '/auth/sessions/{sessionId}',
    service: 'users',
    summary: 'Sign out',
    description: '`current` names the session of the access token.',
    successes: [{ status: 204, description: 'Its tokens let nobody in any more.' }],
    problems: ['not_found'],
    run: (deps, { params }) => endSession(deps, params.sessionId ?? ''),
    reply: () => empty(204),
  }),
  route({
    id: 'endSessions',
    method: 'DELETE',
    path: '/auth/sessions',
    service: 'users',
    summary: 'Sign out everywhere',
    successes: [{ status: 204, description: 'None of your sessions is left.' }],
    problems: [],
    run: (deps) => endSessions(deps),
    reply: () => empty(204),
  }),
  route({
    id: 'endSessionsOf',
    method: 'DELETE',
    path: '/users/{userId}/sessions',
    service: 'users',
    summary: 'Sign a user out everywhere',
    successes: [{ status: 204, description: 'None of their sessions is left.' }],
    problems: ['not_found'],
    run: (deps, { params }) => endSessionsOf(deps, params.userId ?? ''),
    reply: () => empty(204),
  }),
  route({
    id: 'changePassword',
    method: 'PUT',
    path: '/me/password',
    service: 'users',
    summary: 'Change your password',
    description: 'Ends all your other sessions. A wrong current password counts as a failed try.',
    body: { schema: PasswordChange, kind: 'create' },
    triesSecretOf: (_, { organizationId, userId }) => `user:${organizationId} ${userId}`,
    successes: [{ status: 204, description: 'Changed.' }],
    problems: ['not_found'],
    run: (deps, { body }) => changePassword(deps, body),
    reply: () => empty(204),
  }),
  route({
    id: 'createPasswordToken',
    method: 'POST',
    path: '/users/{userId}/password-tokens',
    service: 'users',
    summary: 'Let a user set their password',
    description:
      'Makes a token to hand on to the user, in place of the one before. Needs a person who signed in: an API key may not make one. Only an operator makes one for an operator.',
    body: { schema: NewPasswordToken, kind: 'create' },
    successes: [{ status: 201, description: 'The token, shown this once.', schema: PasswordToken }],
    problems: ['not_found'],
    run: (deps, { params, body }) => createPasswordToken(deps, params.userId ?? '', body),
    // It cannot be read again, so it is nowhere but here.
    reply: (token, { path }) => json(201, token, { location: path, ...NOT_STORED }),
  }),
  route({
    id: 'setPassword',
    method: 'POST',
    path: '/auth/password',
    service: 'users',
    summary: 'Set a password with a token',
    description: 'The token is used up by it, and every session of the user ends.',
    body: { schema: PasswordByToken, kind: 'create' },
    // A counter by what the token says would be anybody's to use up.
    triesSecretOf: () => undefined,
    successes: [{ status: 204, description: 'Set; sign in with it.' }],
    problems: ['wrong_credentials'],
    run: (deps, { body }) => setPassword(deps, body),
    reply: () => empty(204),
  }),
  route({
    id: 'getPublicKeys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    service: 'users',
    summary: 'The keys that check access tokens',
    description: 'A JWK Set (RFC 7517).',
    successes: [{ status: 200, description: 'The keys in use, the newest first.', schema: PublicKeys }],
    problems: [],
    run: async ({ publicKeys }) => publicKeys(),
    reply: (keys) => json(200, keys, { 'cache-control': 'public, max-age=300' }),
  }),
];
