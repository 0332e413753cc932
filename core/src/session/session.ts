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
    idempotency_key_reused: true;
    rate_limited: true;
  }
}

declare module '../kernel/audit.ts' {
  interface AuditActions {
    'session.created': true;
    'session.refused': true;
    'session.reused': true;
    'session.ended': true;
    'password.changed': true;
    'password.refused': true;
    'password_token.created': true;
  }
}

export const ACCESS_TOKEN_SECONDS = 10 * 60;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** A session that is not refreshed ends after this time. */
const UNUSED_MILLISECONDS = 14 * DAY_MILLISECONDS;
/** Every session ends after this time. */
const LONGEST_MILLISECONDS = 90 * DAY_MILLISECONDS;

/**
 * A sign-in of a user on one device or browser, as the user sees it. It lasts until it expires or the user signs out.
 */
export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string().meta({ format: 'date-time' }),
  refreshedAt: z.string().meta({ format: 'date-time' }),
  expiresAt: z.string().meta({ format: 'date-time' }),
});
export type Session = z.infer<typeof Session>;

/** A session as a store saves it. The record is removed when the session ends. */
export interface SessionRecord {
  readonly organizationId: string;
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly refreshedAt: string;
  readonly expiresAt: string;
  /** Digest of the part that all refresh tokens of the session share. */
  readonly familyDigest: string;
  /** Digest of the part that only the latest refresh token has. */
  readonly latestDigest: string;
  /** Digest of the `Idempotency-Key` of the latest refresh; null if it had none. */
  readonly refreshKeyDigest: string | null;
}

/** The response to a sign-in and to a refresh. */
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

// Smaller differences come from ordinary corrections of the clock.
const TOLERANCE_MILLISECONDS = 60_000;

/**
 * Whether a session or token is valid at `now`: it has not expired, and its `madeAt` is not in the future. A clock that
 * was ahead made the latter, and it would be valid for much too long. All times are in ISO 8601.
 */
export function isValidAt(now: string, { madeAt, expiresAt }: { madeAt: string; expiresAt: string }): boolean {
  return now < expiresAt && Date.parse(madeAt) - Date.parse(now) <= TOLERANCE_MILLISECONDS;
}

/** The expiry of a session that began at `createdAt` and is used now. All times are in ISO 8601. */
export function expiryOf(createdAt: string, now: string): string {
  const end = Math.min(Date.parse(now) + UNUSED_MILLISECONDS, Date.parse(createdAt) + LONGEST_MILLISECONDS);
  return new Date(end).toISOString();
}
