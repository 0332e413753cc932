import { NewPassword, NewPasswordToken, PasswordToken, Session, SignIn, Tokens } from '@curlew/core/session';
import type { sessionRoutes } from '../../http/sessions.ts';
import { IDS, passwordToken, session, tokens } from './example-data.ts';
import { get, post, put, remove } from './test-request.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const sessionsOperations = {
  signIn: {
    summary: 'Sign in',
    description:
      'Begins a session. Whatever is wrong, the answer is the same. After five failed tries in a row from one network the next from there has to wait for a second, and each failure doubles that, up to 15 minutes; meanwhile even the right password is refused. After a hundred in a day from all networks together every next one has to wait, up to a minute.',
    successes: ['What proves who you are, for ten minutes, and how to go on.'],
    examples: {
      bodies: {
        'By address and password': { email: 'ana@example.com', password: 'seven grey herons' },
        'With several memberships': {
          email: 'ana@example.com',
          password: 'seven grey herons',
          organization: IDS.organization,
        },
      },
      answers: { 201: { 'Signed in': tokens } },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => post('/v1/auth/sessions', { email: 'a@example.com', password: 'wrong password' }) },
  },
  refreshSession: {
    summary: 'Continue a session',
    description:
      'Each refresh token is good for once. A second use of one ends its session, because one of the two who hold it has stolen it; so never send it twice, and sign in again when an answer was lost. A session ends when it is not refreshed for 14 days, and after 90 days.',
    successes: ['The next tokens of the session.'],
    examples: {
      bodies: { 'The latest refresh token': { refreshToken: tokens.refreshToken } },
      answers: { 200: { 'The next tokens': tokens } },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => post('/v1/auth/sessions/refresh', { refreshToken: 'x' }) },
  },
  listSessions: {
    summary: 'List where you are signed in',
    description: 'At most 100, the latest first: a later one ends the oldest.',
    successes: ['Your sessions.'],
    examples: { answers: { 200: { 'One session': [session] } } },
    access: ['users:read', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => get('/v1/auth/sessions') },
  },
  endSession: {
    summary: 'Sign out',
    description: '`current` names the session of the access token.',
    successes: ['Its tokens let nobody in any more.'],
    access: ['users:write', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => remove('/v1/auth/sessions/current'), also: 'not_found' },
  },
  endSessions: {
    summary: 'Sign out everywhere',
    successes: ['None of your sessions is left.'],
    access: ['users:write', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => remove('/v1/auth/sessions') },
  },
  endSessionsOf: {
    summary: 'Sign a user out everywhere',
    successes: ['None of their sessions is left.'],
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}/sessions`) },
  },
  changePassword: {
    summary: 'Change your password',
    description: 'Ends all your other sessions. A wrong current password counts as a failed try.',
    successes: ['Changed.'],
    examples: {
      bodies: { 'Another password': { currentPassword: 'seven grey herons', password: 'eleven wet curlews' } },
    },
    access: ['users:write', 'none', 'own', 'own', 'own', 'own'],
    request: {
      send: () => put('/v1/me/password', { currentPassword: 'none', password: 'a new password' }),
      also: 'invalid_request',
    },
  },
  createPasswordToken: {
    summary: 'Let a user set their password',
    description:
      'Makes a token to hand on to the user, in place of the one before. Needs a person who signed in: an API key may not make one. Only an operator makes one for an operator.',
    successes: ['The token, shown this once.'],
    examples: {
      bodies: { 'For somebody new': { kind: 'invitation' }, 'For somebody who forgot theirs': { kind: 'reset' } },
      answers: { 201: { 'An invitation': passwordToken } },
    },
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: {
      on: 'user',
      send: ({ user }) => post(`/v1/users/${user}/password-tokens`, { kind: 'reset' }),
      // By an API key nobody may.
      also: 'forbidden',
    },
  },
  setPassword: {
    summary: 'Set a password with a token',
    description: 'The token is used up by it, and every session of the user ends.',
    successes: ['Set; sign in with it.'],
    examples: {
      bodies: { 'A first password': { token: passwordToken.token, password: 'seven grey herons' } },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => post('/v1/auth/password', { token: 'x', password: 'a new password' }) },
  },
  getPublicKeys: {
    summary: 'The keys that check access tokens',
    description: 'A JWK Set (RFC 7517).',
    successes: ['The keys in use, the newest first.'],
    examples: {
      answers: {
        200: {
          'One key': {
            keys: [
              {
                kty: 'EC',
                crv: 'P-256',
                x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
                y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
                kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
                alg: 'ES256',
                use: 'sig',
              },
            ],
          },
        },
      },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => get('/.well-known/jwks.json') },
  },
} as const satisfies OperationTexts<typeof sessionRoutes>;

export const sessionsSchemas = [
  textOf(NewPassword, 'Not the address, nor one of those that are tried first.'),
  textsOf(NewPasswordToken, { kind: 'An invitation is good for 7 days, a reset for an hour.' }),
  textsOf(PasswordToken, { token: 'Shown this once. Whoever has it can set the password.' }),
  textsOf(Session, { current: 'Whether it is the one of this request.', expiresAt: 'Unless it is refreshed before.' }),
  textsOf(SignIn, { organization: 'The id of the organization; for an address that may sign in to several.' }),
  textsOf(Tokens, {
    accessToken: 'A JWT (RFC 9068), for `Authorization: Bearer`.',
    refreshToken: 'Good for one refresh.',
    expiresIn: 'Seconds until the access token expires.',
  }),
];
