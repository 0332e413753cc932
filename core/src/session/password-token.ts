import * as z from 'zod';
import { auditOf, CurlewError, forbidden, invalid, networksOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { findSharedSalt } from './find-shared-salt.ts';
import { loadUser } from './load-user.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import { checkNotAddress, type PasswordByToken } from './password.ts';
import { PASSWORD_TOKEN_KINDS, type PasswordTokenKind, type PasswordTokenRecord } from './ports.ts';
import { wrongToken } from './refusals.ts';
import { revokeKeysOf } from './revoke-keys.ts';
import { isValidAt } from './session.ts';
import { forgetTries } from './sign-in-attempts.ts';

const HOUR_MILLISECONDS = 60 * 60 * 1000;
const LIFETIME_MILLISECONDS: Readonly<Record<PasswordTokenKind, number>> = {
  invitation: 7 * 24 * HOUR_MILLISECONDS,
  reset: HOUR_MILLISECONDS,
};
const FORMAT = /^cpt\.(?<organizationId>.+)\.(?<secret>[\w-]+)$/;

const PasswordTokenKindName = z.enum(PASSWORD_TOKEN_KINDS);

export const NewPasswordToken = z.strictObject({ kind: PasswordTokenKindName });
export type NewPasswordToken = z.infer<typeof NewPasswordToken>;

/** A token with which a user sets their password once: for an invitation, or after the password was forgotten. */
export const PasswordToken = z.object({
  token: z.string(),
  kind: PasswordTokenKindName,
  expiresAt: z.string().meta({ format: 'date-time' }),
});
export type PasswordToken = z.infer<typeof PasswordToken>;

/**
 * Creates a password token for a user. It replaces the user's earlier token. Throws `not_found`, `forbidden`, and
 * `invalid_request` for a user without an address.
 */
export async function createPasswordToken(
  deps: SessionDeps,
  userId: string,
  { kind }: NewPasswordToken,
): Promise<PasswordToken> {
  const { ctx, sessions, secrets } = deps;
  const { actor } = ctx;
  const { organizationId } = actor;
  const found = await loadUser(deps, userId);
  // The holder of the token can sign in as the user. An API key, or an admin for an operator, would gain rights that
  // way.
  if (actor.keyId !== undefined) {
    throw new CurlewError('forbidden', 'An API key cannot create password tokens; sign in as an admin instead.', {
      details: { right: 'users:manage' },
    });
  }
  if (found.operator && !actor.operator) throw forbidden(actor, 'organizations:manage');
  if (found.user.email === null) {
    throw invalid([{ pointer: '', code: 'no_address', message: 'The user has no e-mail address to sign in with.' }]);
  }
  const secret = secrets.make();
  const expiresAt = new Date(Date.parse(ctx.wallNow()) + LIFETIME_MILLISECONDS[kind]).toISOString();
  const record = { organizationId, userId, kind, digest: secrets.digest(secret), expiresAt };
  await sessions.putPasswordToken(record, auditOf(ctx, 'password_token.created', userId, { kind }));
  return { token: `cpt.${organizationId}.${secret}`, kind, expiresAt };
}

/**
 * Sets the password of the token's user, ends the user's sessions, and revokes the API keys that the user created while
 * signed in. A token can be used once. Throws
 * `wrong_credentials`, `invalid_request`.
 */
export async function setPassword(deps: SessionDeps, { token, password }: PasswordByToken): Promise<void> {
  const { ctx, sessions, passwords, secrets } = deps;
  // Each group of the pattern has text in every match.
  const parts = FORMAT.exec(token)?.groups as Record<'organizationId' | 'secret', string> | undefined;
  if (parts === undefined) throw wrongToken();
  const { organizationId, secret } = parts;
  const digest = secrets.digest(secret);
  const known = await sessions.findPasswordToken(organizationId, digest, ctx.wallNow());
  const found = known && (await findActiveUser(deps, organizationId, known.userId));
  if (known === undefined || found === undefined || isFromFuture(known, ctx.wallNow())) throw wrongToken();
  checkNotAddress(password, found.user.email);
  const like = await findSharedSalt(deps, found.user.email, known);
  const hash = await passwords.hash(password, { networks: networksOf(ctx.address ?? ''), isKnown: true }, like);
  const set = await sessions.setPassword({
    organizationId,
    userId: found.user.id,
    hash,
    now: ctx.wallNow(),
    tokenDigest: digest,
    revocation: revokeKeysOf(ctx, known),
    audit: memberAuditEntry(deps, known, true, 'password.changed', { by: known.kind }),
  });
  if (!set) throw wrongToken();
  await forgetTries(deps, organizationId, found.user);
}

/** A clock that was ahead made such a token. It would be valid for much too long. */
function isFromFuture({ kind, expiresAt }: PasswordTokenRecord, now: string): boolean {
  const madeAt = new Date(Date.parse(expiresAt) - LIFETIME_MILLISECONDS[kind]).toISOString();
  return !isValidAt(now, { madeAt, expiresAt });
}
