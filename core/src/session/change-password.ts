import { auditOf, type CurlewError, invalid, networksOf, notFound, requireAccess } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { findSharedSalt } from './find-shared-salt.ts';
import { checkNotAddress, type PasswordChange } from './password.ts';
import { revokeKeysOf } from './revoke-keys.ts';
import { accountOfUser } from './sign-in-attempts.ts';

/**
 * Changes the caller's password, ends the caller's other sessions, and revokes the API keys that the caller created while
 * signed in, unless `keepApiKeys` is true. Throws `invalid_request` for a wrong current
 * password, which counts as a failed try. After several failed tries, even the right password is refused for a while.
 * Throws `busy`, and `rate_limited` while another password change of the caller runs.
 */
export async function changePassword(
  deps: SessionDeps,
  { currentPassword, password, keepApiKeys = false }: PasswordChange,
): Promise<void> {
  const { ctx, sessions, passwords, audit: trail } = deps;
  requireAccess(ctx, 'users:write');
  const { organizationId, userId, sessionId } = ctx.actor;
  const found = await findActiveUser(deps, organizationId, userId);
  if (found === undefined) throw notFound('user', userId);
  checkNotAddress(password, found.user.email);
  const networks = networksOf(ctx.address ?? '');
  const tried = { organizationId, account: accountOfUser(userId), networks };
  // An early refusal is safe here, because the caller is signed in and learns nothing new. It saves the slow hash.
  if (await sessions.isRefused(tried, ctx.wallNow())) {
    await trail.append(auditOf(ctx, 'password.refused', userId, { blocked: true }));
    throw wrongPassword();
  }
  const caller = { networks, user: `${organizationId} ${userId}`, isKnown: true };
  const before = await sessions.findPasswordHash(organizationId, userId);
  const like = await findSharedSalt(deps, found.user.email, ctx.actor);
  const hash = await passwords.replace({ password: currentPassword, present: before, next: password }, caller, like);
  const isCorrect = hash !== undefined;
  const refusal = auditOf(ctx, 'password.refused', userId, isCorrect ? { blocked: true } : {});
  const isAccepted = await sessions.recordAttempt(tried, isCorrect, ctx.wallNow(), refusal);
  if (!isAccepted || hash === undefined || before === undefined) throw wrongPassword();
  const kept = sessionId === undefined ? {} : { keptSessionId: sessionId };
  const audit = auditOf(ctx, 'password.changed', userId);
  const change = { organizationId, userId, hash, now: ctx.wallNow(), presentHash: before, audit, ...kept };
  const revoked = keepApiKeys ? {} : { revocation: revokeKeysOf(ctx, ctx.actor) };
  // If the password was reset meanwhile, the reset wins: the old password may have been stolen.
  if (!(await sessions.setPassword({ ...change, ...revoked }))) throw wrongPassword();
}

function wrongPassword(): CurlewError {
  const message = 'Is not the current password, or too many tries have failed; in that case wait up to 15 minutes.';
  return invalid([{ pointer: '/currentPassword', code: 'wrong_password', message }]);
}
