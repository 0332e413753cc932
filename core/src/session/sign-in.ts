import type { Membership } from './ports.ts';
import { expiryOf, type SessionRecord, type SignIn, type Tokens } from './session.ts';
import {
  accountOfAddress,
  admitted,
  auditOfMember,
  type SessionVerb,
  tokensOf,
  triedOf,
  wrongCredentials,
} from './verb.ts';

/**
 * Begins a session of the person whose address and password these are. Throws `wrong_credentials`, after the same
 * work whatever is wrong, and `busy`.
 */
export async function signIn(
  verb: SessionVerb,
  { email, password, organization }: SignIn,
): Promise<{ session: SessionRecord; tokens: Tokens }> {
  const { ctx, sessions, passwords, secrets, audit } = verb;
  const member = await membership(verb, email, organization);
  const hash = member && (await sessions.passwordHash(member.organizationId, member.userId));
  const isRight = await passwords.verify(password, hash);
  const now = ctx.now();
  // In the organization that is tried, so that nobody counts for an account who has the same address in another one;
  // without one it is nobody's.
  const tried = triedOf(verb, member?.organizationId ?? organization ?? '', accountOfAddress(verb, email));
  // Written at once, so that it takes no longer where there is an account.
  const [counts] = await Promise.all([
    sessions.settleTry(tried, isRight, now),
    member && !isRight ? audit.append(auditOfMember(verb, member, false, 'session.refused')) : undefined,
  ]);
  if (member && isRight && !counts) {
    await audit.append(auditOfMember(verb, member, false, 'session.refused', { blocked: true }));
  }
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
  if (!(await sessions.start(session, hash))) throw wrongCredentials();
  await audit.append(auditOfMember(verb, member, true, 'session.created', { sessionId: session.id }));
  return { session, tokens: await tokensOf(verb, session, { family, turn }) };
}

async function membership(
  verb: SessionVerb,
  email: string,
  organization: string | undefined,
): Promise<Membership | undefined> {
  if (organization === undefined) {
    const [only, ...others] = await verb.sessions.membershipsOf(email);
    return others.length === 0 ? only : undefined;
  }
  const found = await verb.users.findByEmail(organization, email);
  const user = found && (await admitted(verb, organization, found.user.id));
  return user && { organizationId: organization, userId: user.user.id };
}
