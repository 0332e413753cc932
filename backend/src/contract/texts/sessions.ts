import { NewPassword, NewPasswordToken, PasswordToken, Session, SignIn, Tokens } from '@curlew/core/session';
import type { sessionRoutes } from '../../http/sessions.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const sessionsOperations = {
  signIn: {
    summary: 'Sign in',
    description:
      'Begins a session. Whatever is wrong, the answer is the same. After five failed tries in a row from one network the next from there has to wait for a second, and each failure doubles that, up to 15 minutes; meanwhile even the right password is refused. After a hundred in a day from all networks together every next one has to wait, up to a minute.',
    successes: ['What proves who you are, for ten minutes, and how to go on.'],
  },
  refreshSession: {
    summary: 'Continue a session',
    description:
      'Each refresh token is good for once. A second use of one ends its session, because one of the two who hold it has stolen it; so never send it twice, and sign in again when an answer was lost. A session ends when it is not refreshed for 14 days, and after 90 days.',
    successes: ['The next tokens of the session.'],
  },
  listSessions: {
    summary: 'List where you are signed in',
    description: 'At most 100, the latest first: a later one ends the oldest.',
    successes: ['Your sessions.'],
  },
  endSession: {
    summary: 'Sign out',
    description: '`current` names the session of the access token.',
    successes: ['Its tokens let nobody in any more.'],
  },
  endSessions: {
    summary: 'Sign out everywhere',
    successes: ['None of your sessions is left.'],
  },
  endSessionsOf: {
    summary: 'Sign a user out everywhere',
    successes: ['None of their sessions is left.'],
  },
  changePassword: {
    summary: 'Change your password',
    description: 'Ends all your other sessions. A wrong current password counts as a failed try.',
    successes: ['Changed.'],
  },
  createPasswordToken: {
    summary: 'Let a user set their password',
    description:
      'Makes a token to hand on to the user, in place of the one before. Needs a person who signed in: an API key may not make one. Only an operator makes one for an operator.',
    successes: ['The token, shown this once.'],
  },
  setPassword: {
    summary: 'Set a password with a token',
    description: 'The token is used up by it, and every session of the user ends.',
    successes: ['Set; sign in with it.'],
  },
  getPublicKeys: {
    summary: 'The keys that check access tokens',
    description: 'A JWK Set (RFC 7517).',
    successes: ['The keys in use, the newest first.'],
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
