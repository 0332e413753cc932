import * as z from 'zod';
import { auditOf, CurlewError, forbidden, invalid } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { loadUser } from './load-user.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import { checkNotAddress, type PasswordByToken } from './password.ts';
import { PASSWORD_TOKEN_KINDS, type PasswordTokenKind } from './ports.ts';
import { wrongToken } from './refusals.ts';
import { forgetTries } from './sign-in-attempts.ts';

const HOUR_MILLISECONDS = 60 * 60 * 1000;
const LIVES_MILLISECONDS: Readonly<Record<PasswordTokenKind, number>> = {
  invitation: 7 * 24 * HOUR_MILLISECONDS,
  reset: HOUR_MILLISECONDS,
};
const FORM = /^cpt\.(?<organizationId>.+)\.(?<secret>[\w-]+)$/;

export const PasswordTokenKindName = z.enum(PASSWORD_TOKEN_KINDS);

// With a schema of its own: the contract explains this field, not that of the answer.
export const NewPasswordToken = z.strictObject({ kind: z.enum(PASSWORD_TOKEN_KINDS) });
export type NewPasswordToken = z.infer<typeof NewPasswordToken>;

export const PasswordToken = z.object({
  token: z.string(),
  kind: PasswordTokenKindName,
  expiresAt: z.string().meta({ format: 'date-time' }),
});
export type PasswordToken = z.infer<typeof PasswordToken>;

/**
 * Makes what lets a user set their password, in place of what was made before. Throws `not_found`, `forbidden`,
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
  // With it one can become the user, and do what the key, or an admin who is no operator, may not.
  if (actor.keyId !== undefined) {
    throw new CurlewError('forbidden', 'Password tokens are made by people who signed in, not with an API key.', {
      details: { right: 'users:manage' },
    });
  }
  if (found.operator && !actor.operator) throw forbidden(actor, 'organizations:manage');
  if (found.user.email === null) {
    throw invalid([{ pointer: '', code: 'no_address', message: 'The user has no e-mail address to sign in with.' }]);
  }
  const secret = secrets.make();
  const expiresAt = new Date(Date.parse(ctx.now()) + LIVES_MILLISECONDS[kind]).toISOString();
  const record = { organizationId, userId, kind, digest: secrets.digest(secret), expiresAt };
  await sessions.putPasswordToken(record, auditOf(ctx, 'password_token.created', userId, { kind }));
  return { token: `cpt.${organizationId}.${secret}`, kind, expiresAt };
}

/**
 * Sets the password of the user whom the token was made for, and ends their sessions. A token is good for once.
 * Throws `wrong_credentials`, `invalid_request`.
 */
export async function setPassword(deps: SessionDeps, { token, password }: PasswordByToken): Promise<void> {
  const { ctx, sessions, passwords, secrets } = deps;
  const given = FORM.exec(token)?.groups as Record<'organizationId' | 'secret', string> | undefined;
  if (given === undefined) throw wrongToken();
  const { organizationId, secret } = given;
  const digest = secrets.digest(secret);
  const known = await sessions.findPasswordToken(organizationId, digest, ctx.now());
  const found = known && (await findActiveUser(deps, organizationId, known.userId));
  if (known === undefined || found === undefined) throw wrongToken();
  checkNotAddress(password, found.user.email);
  const hash = await passwords.hash(password);
  const set = await sessions.setPassword({
    organizationId,
    userId: found.user.id,
    hash,
    now: ctx.now(),
    token: digest,
    audit: memberAuditEntry(deps, known, true, 'password.changed', { by: known.kind }),
  });
  if (!set) throw wrongToken();
  await forgetTries(deps, organizationId, found.user);
}
