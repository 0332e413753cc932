import * as z from 'zod';
import { EmailAddress, line } from '../kernel/index.ts';
import { GivenPassword } from './password.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    ses: 'session';
  }
}

declare module '../kernel/errors.ts' {
  interface ErrorCodes {
    wrong_credentials: true;
  }
}

declare module '../kernel/audit.ts' {
  interface AuditActions {
    'session.created': true;
    'session.refused': true;
    'session.reused': true;
    'session.ended': true;
    'password.changed': true;
    'password_token.created': true;
  }
}

export const ACCESS_TOKEN_SECONDS = 10 * 60;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** A session that nobody uses ends after this time … */
const UNUSED_MILLISECONDS = 14 * DAY_MILLISECONDS;
/** … and every session after this one. */
const LONGEST_MILLISECONDS = 90 * DAY_MILLISECONDS;

/** What a person sees of where they are signed in. */
export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string().meta({ format: 'date-time' }),
  refreshedAt: z.string().meta({ format: 'date-time' }),
  expiresAt: z.string().meta({ format: 'date-time' }),
});
export type Session = z.infer<typeof Session>;

/** One sign-in, with the refresh token that continues it. It is gone as soon as it ends. */
export interface SessionRecord {
  readonly organizationId: string;
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly refreshedAt: string;
  readonly expiresAt: string;
  /** Digest of the part that all refresh tokens of the session have in common. */
  readonly familyDigest: string;
  /** Digest of the part that only the latest has. */
  readonly turnDigest: string;
}

/** What a sign-in and a refresh answer. */
export const Tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
});
export type Tokens = z.infer<typeof Tokens>;

export const SignIn = z.strictObject({
  email: EmailAddress,
  password: GivenPassword,
  organization: line(1, 128).optional(),
});
export type SignIn = z.infer<typeof SignIn>;

export const Refresh = z.strictObject({ refreshToken: z.string().min(1).max(1024) });
export type Refresh = z.infer<typeof Refresh>;

/** When a session ends that began at `createdAt` and is used now. Instants in ISO 8601. */
export function expiryOf(createdAt: string, now: string): string {
  const end = Math.min(Date.parse(now) + UNUSED_MILLISECONDS, Date.parse(createdAt) + LONGEST_MILLISECONDS);
  return new Date(end).toISOString();
}
