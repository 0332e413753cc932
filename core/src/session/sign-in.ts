import { networksOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { issueTokens } from './issue-tokens.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import type { Membership } from './ports.ts';
import { wrongCredentials } from './refusals.ts';
import { expiryOf, type SessionRecord, type SignIn, type Tokens } from './session.ts';
import { accountOfAddress, attemptFrom } from './sign-in-attempts.ts';

/**
 * Signs a user in with address and password, and starts a session. Throws `busy`, and `wrong_credentials` after the
 * same amount of work for every cause, so that the time does not show which accounts exist.
 */
export async function signIn(
  deps: SessionDeps,
  { email, password, organization }: SignIn,
): Promise<{ session: SessionRecord; tokens: Tokens }> {
  const { ctx, sessions, passwords, secrets } = deps;
  const member = await findMembership(deps, email, organization);
  const hash = member && (await sessions.findPasswordHash(member.organizationId, member.userId));
  const isCorrect = await passwords.verify(password, hash, { networks: networksOf(ctx.address ?? '') });
  const now = ctx.wallNow();
  // Failures count in the organization that the caller tries, so that they do not lock a user with the same address in
  // another organization. If the organization is unknown, they count for no organization.
  const tried = attemptFrom(deps, member?.organizationId ?? organization ?? '', accountOfAddress(deps, email));
  const refusal =
    member && memberAuditEntry(deps, member, false, 'session.refused', isCorrect ? { blocked: true } : {});
  const isAccepted = await sessions.recordAttempt(tried, isCorrect, now, refusal);
  if (!isAccepted || member === undefined || hash === undefined) throw wrongCredentials();

  const family = secrets.make();
  const latest = secrets.make();
  const session = {
    ...member,
    id: ctx.newId('ses'),
    createdAt: now,
    refreshedAt: now,
    expiresAt: expiryOf(now, now),
    familyDigest: secrets.digest(family),
    latestDigest: secrets.digest(latest),
    refreshKeyDigest: null,
  };
  // `start` refuses the session if the password was changed or the user was deactivated meanwhile.
  const audit = memberAuditEntry(deps, member, true, 'session.created', { sessionId: session.id });
  if (!(await sessions.start(session, hash, audit))) throw wrongCredentials();
  return { session, tokens: await issueTokens(deps, session, { family, latest }) };
}

async function findMembership(
  deps: SessionDeps,
  email: string,
  organization: string | undefined,
): Promise<Membership | undefined> {
  if (organization === undefined) {
    const [only, ...others] = await deps.sessions.findMemberships(email);
    return others.length === 0 ? only : undefined;
  }
  const found = await deps.users.findByEmail(organization, email);
  const user = found && (await findActiveUser(deps, organization, found.user.id));
  return user && { organizationId: organization, userId: user.user.id };
}
