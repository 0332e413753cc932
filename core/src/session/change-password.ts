import { auditOf, type CurlewError, invalid, notFound, requireAccess } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { checkNotAddress, type PasswordChange } from './password.ts';
import { accountOfUser, attemptFrom } from './sign-in-attempts.ts';

/**
 * Gives the caller another password, and ends their other sessions. Throws `invalid_request` for a wrong current one,
 * which counts as a failed try; after several even the right one is refused for a while. Throws `busy`, also while
 * another change of the caller is under way.
 */
export async function changePassword(deps: SessionDeps, { currentPassword, password }: PasswordChange): Promise<void> {
  const { ctx, sessions, passwords } = deps;
  requireAccess(ctx, 'users:write');
  const { organizationId, userId, sessionId } = ctx.actor;
  const found = await findActiveUser(deps, organizationId, userId);
  if (found === undefined) throw notFound('user', userId);
  checkNotAddress(password, found.user.email);
  const tried = attemptFrom(deps, organizationId, accountOfUser(userId));
  // Who asks is known, so nothing is given away by refusing early, and nobody else waits for the hash.
  if (await sessions.isRefused(tried, ctx.now())) throw wrongPassword();
  const asker = `${organizationId} ${userId}`;
  const before = await sessions.passwordHash(organizationId, userId);
  const isRight = await passwords.verify(currentPassword, before, asker);
  if (!(await sessions.settleTry(tried, isRight, ctx.now())) || before === undefined) throw wrongPassword();
  const hash = await passwords.hash(password, asker);
  const keeping = sessionId === undefined ? {} : { keeping: sessionId };
  const audit = auditOf(ctx, 'password.changed', userId);
  const change = { organizationId, userId, hash, now: ctx.now(), passwordHash: before, audit, ...keeping };
  // Whoever reset the password meanwhile did so because of somebody who knew the old one.
  if (!(await sessions.setPassword(change))) throw wrongPassword();
}

function wrongPassword(): CurlewError {
  const message = 'Is not the current password, or there were too many failed tries; wait up to 15 minutes then.';
  return invalid([{ pointer: '/currentPassword', code: 'wrong_password', message }]);
}
