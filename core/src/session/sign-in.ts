import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { issueTokens } from './issue-tokens.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import type { Membership } from './ports.ts';
import { wrongCredentials } from './refusals.ts';
import { expiryOf, type SessionRecord, type SignIn, type Tokens } from './session.ts';
import { accountOfAddress, attemptFrom } from './sign-in-attempts.ts';

/**
 * Begins a session of the person whose address and password these are. Throws `wrong_credentials`, after the same
 * work whatever is wrong, and `busy`.
 */
export async function signIn(
  deps: SessionDeps,
  { email, password, organization }: SignIn,
): Promise<{ session: SessionRecord; tokens: Tokens }> {
  const { ctx, sessions, passwords, secrets } = deps;
  const member = await membership(deps, email, organization);
  const hash = member && (await sessions.passwordHash(member.organizationId, member.userId));
  const isRight = await passwords.verify(password, hash);
  const now = ctx.now();
  // In the organization that is tried, so that nobody counts for an account who has the same address in another one;
  // without one it is nobody's.
  const tried = attemptFrom(deps, member?.organizationId ?? organization ?? '', accountOfAddress(deps, email));
  const refusal = member && memberAuditEntry(deps, member, false, 'session.refused', isRight ? { blocked: true } : {});
  const counts = await sessions.settleTry(tried, isRight, now, refusal);
  if (!counts || member === undefined || hash === undefined) throw wrongCredentials();

  const family = secrets.make();
  const turn = secrets.make();
  const session = {
    ...member,
    id: ctx.newId('ses'),
    createdAt: now,
    refreshedAt: now,
    expiresAt: expiryOf(now, now),
    familyDigest: secrets.digest(family),
    turnDigest: secrets.digest(turn),
  };
  // Whoever changed the password meanwhile, or deactivated the user, wants no session that began before.
  const audit = memberAuditEntry(deps, member, true, 'session.created', { sessionId: session.id });
  if (!(await sessions.start(session, hash, audit))) throw wrongCredentials();
  return { session, tokens: await issueTokens(deps, session, { family, turn }) };
}

async function membership(
  deps: SessionDeps,
  email: string,
  organization: string | undefined,
): Promise<Membership | undefined> {
  if (organization === undefined) {
    const [only, ...others] = await deps.sessions.membershipsOf(email);
    return others.length === 0 ? only : undefined;
  }
  const found = await deps.users.findByEmail(organization, email);
  const user = found && (await findActiveUser(deps, organization, found.user.id));
  return user && { organizationId: organization, userId: user.user.id };
}
