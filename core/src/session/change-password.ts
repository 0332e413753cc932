import { admit, auditOf, invalid, notFound } from '../kernel/index.ts';
import { checkNotAddress, type PasswordChange } from './password.ts';
import { admitted, type SessionVerb } from './verb.ts';

/**
 * Gives the caller another password, and ends their other sessions. Throws `invalid_request` for a wrong current one,
 * which counts as a failed try; after several even the right one is refused for a while.
 */
export async function changePassword(verb: SessionVerb, { currentPassword, password }: PasswordChange): Promise<void> {
  const { ctx, sessions, passwords, audit } = verb;
  admit(ctx);
  const { organizationId, userId, sessionId } = ctx.actor;
  const found = await admitted(verb, organizationId, userId);
  if (found === undefined) throw notFound('user', userId);
  checkNotAddress(password, found.user.email);
  const isRight = await passwords.verify(currentPassword, await sessions.passwordHash(organizationId, userId));
  if (!(await sessions.settleTry(organizationId, `user:${userId}`, isRight, ctx.now()))) {
    const message = 'Is not the current password, or there were too many failed tries; wait up to 15 minutes then.';
    throw invalid([{ pointer: '/currentPassword', code: 'wrong_password', message }]);
  }
  const hash = await passwords.hash(password);
  const keeping = sessionId === undefined ? {} : { keeping: sessionId };
  await sessions.setPassword({ organizationId, userId, hash, now: ctx.now(), ...keeping });
  await audit.append(auditOf(ctx, 'password.changed', userId));
}
