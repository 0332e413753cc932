import {
  NewPassword,
  NewPasswordToken,
  PasswordByToken,
  PasswordChange,
  PasswordToken,
  Refresh,
  Session,
  SignIn,
  Tokens,
} from '@curlew/core/session';
import type { sessionRoutes } from '../../http/sessions.ts';
import { PublicKey, PublicKeys } from '../../http/sessions.ts';
import { IDS, passwordToken, session, tokens } from './example-data.ts';
import { get, post, put, remove } from './test-request.ts';
import { type OperationTexts, type SchemaName, textOf, textsOf } from './text-types.ts';

export const sessionsOperations = {
  signIn: {
    summary: 'Sign in',
    description:
      'Starts a session. Every failure has the same answer, so that the answer does not show which part was wrong. After five failed attempts in a row at one account from one network, the next attempt from that network has to wait for one second. Each further failure doubles the wait, up to 15 minutes. During the wait even the correct password is rejected. Other networks are not affected; an IPv6 /56 has 20 attempts a day, and a /48 has 80, unless the account was used from the network before. If the address belongs to several organizations, the password decides which one is meant, and counts as a failed attempt in the others. If it fits in several, the answer asks for the organization.',
    successes: ['An access token for ten minutes, and a refresh token to continue the session.'],
    examples: {
      bodies: {
        'By address and password': { email: 'ana@example.com', password: 'seven grey herons' },
        'With the name of the organization': {
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
      'Each refresh token has one successor. For 60 seconds after its first use, a repeat gets the same successor again, so that two tabs can refresh at once and a lost answer can be requested again. With the same `Idempotency-Key` this holds for 24 hours, until the successor is used. Any other use of an old refresh token ends the session, because it shows that the token was probably stolen. A session ends if it is not refreshed for 14 days, and in any case after 90 days.',
    successes: ['The next tokens of the session.'],
    examples: {
      bodies: { 'The latest refresh token': { refreshToken: tokens.refreshToken } },
      answers: { 200: { 'The next tokens': tokens } },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => post('/v1/auth/sessions/refresh', { refreshToken: 'x' }) },
  },
  listSessions: {
    summary: 'List your sessions',
    description: 'A user has at most 100 sessions; a new session then ends the oldest. The newest session comes first.',
    successes: ['Your sessions.'],
    examples: { answers: { 200: { 'One session': [session] } } },
    access: ['users:read', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => get('/v1/auth/sessions') },
  },
  endSession: {
    summary: 'Sign out',
    description: '`current` names the session of the access token.',
    successes: ["The session's tokens are no longer valid."],
    access: ['users:write', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => remove('/v1/auth/sessions/current'), also: 'not_found' },
  },
  endSessions: {
    summary: 'Sign out everywhere',
    description: 'Also revokes the API keys that you created while signed in, and the password tokens.',
    successes: ['All your sessions have ended.'],
    access: ['users:write', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => remove('/v1/auth/sessions') },
  },
  endSessionsOf: {
    summary: 'Sign a user out everywhere',
    description: 'Also revokes the API keys that the user created while signed in, and the password tokens.',
    successes: ["All of the user's sessions have ended."],
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}/sessions`) },
  },
  changePassword: {
    summary: 'Change your password',
    description:
      'Ends all your other sessions, and revokes the API keys that you created while signed in, unless `keepApiKeys` is true. A wrong current password counts as a failed sign-in attempt.',
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
      "Creates a token that you pass on to the user. It replaces the user's previous token. The caller must have signed in; an API key cannot create such a token. Only an operator can create one for an operator.",
    successes: ['The token. It is shown only in this response.'],
    examples: {
      bodies: { 'For a new user': { kind: 'invitation' }, 'For a forgotten password': { kind: 'reset' } },
      answers: { 201: { 'An invitation': passwordToken } },
    },
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: {
      on: 'user',
      send: ({ user }) => post(`/v1/users/${user}/password-tokens`, { kind: 'reset' }),
      // No API key may create a password token.
      also: 'forbidden',
    },
  },
  setPassword: {
    summary: 'Set a password with a token',
    description:
      'The token works once. All sessions of the user end, and the API keys that the user created while signed in are revoked.',
    successes: ['The password is set. Sign in with it.'],
    examples: {
      bodies: { 'A first password': { token: passwordToken.token, password: 'seven grey herons' } },
    },
    access: ['public', 'all', 'all', 'all', 'all', 'all'],
    request: { send: () => post('/v1/auth/password', { token: 'x', password: 'a new password' }) },
  },
  getPublicKeys: {
    summary: 'List the public keys that verify access tokens',
    description: 'The answer is a JWK Set (RFC 7517).',
    successes: ['The keys in use, newest first.'],
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
  textOf(NewPassword, "The user's address and the most common passwords are not accepted."),
  textsOf(NewPasswordToken, { kind: 'An invitation is valid for 7 days, a reset for an hour.' }),
  textsOf(PasswordToken, { token: 'Shown only in this response. Anyone who has the token can set the password.' }),
  textsOf(Session, {
    current: 'Whether this request uses the session.',
    expiresAt: 'The end of the session, unless it is refreshed.',
  }),
  textsOf(PasswordChange, {
    keepApiKeys: 'Whether the API keys that you created while signed in stay valid; they do not by default.',
  }),
  textsOf(SignIn, {
    organization: 'The id of the organization. Required only if the same password fits in several organizations.',
  }),
  textsOf(Tokens, {
    accessToken: 'A JWT (RFC 9068). Send it as `Authorization: Bearer`.',
    refreshToken: 'Continues the session. The answer has the refresh token for the next time.',
    expiresIn: 'Seconds until the access token expires.',
  }),
];

export const sessionsNames: readonly SchemaName[] = [
  [SignIn, 'SignIn', 'The address and password of a user.'],
  [Refresh, 'Refresh', 'The latest refresh token of a session.'],
  [Tokens, 'Tokens', 'An access token for requests, and a refresh token to get the next access token when it expires.'],
  [Session, 'Session', 'A session of a signed-in user, for example in one browser.'],
  [PasswordChange, 'PasswordChange', 'The current password and the new password.'],
  [PasswordToken, 'PasswordToken', 'A token that allows its holder to set a password once.'],
  [PasswordToken.shape.kind, 'PasswordTokenKind'],
  [PublicKeys, 'PublicKeys'],
  [PublicKey, 'PublicKey'],
  [PasswordByToken, 'PasswordByToken', 'A password token and the new password.'],
];

export const sessionsBodies = {
  NewPasswordToken: 'The purpose of the token.',
};
