import { type CurlewError, invalid, networksOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { issueTokens } from './issue-tokens.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import type { Membership } from './ports.ts';
import { wrongCredentials } from './refusals.ts';
import { expiryOf, type SessionRecord, type SignIn, type Tokens } from './session.ts';
import { accountOfAddress } from './sign-in-attempts.ts';

/** An account that the address belongs to, in one organization. */
interface Member extends Membership {
  /** Undefined if the account has no password. */
  readonly hash: string | undefined;
  /** Whether the account was used from the caller's network before. */
  readonly isKnown: boolean;
}

/** The organization in which tries are counted that name no organization. */
const NO_ORGANIZATION = '';
const KNOWN_NETWORK_MILLISECONDS = 90 * 24 * 60 * 60 * 1000;

/**
 * Signs a user in with address and password, and starts a session. Without the name of an organization the password is
 * tried in all organizations of the address. Throws `busy`, `rate_limited`, `invalid_request` if the password fits in
 * several organizations, and `wrong_credentials` after the same amount of work for every cause, so that the time does not
 * show which accounts exist.
 */
export async function signIn(
  deps: SessionDeps,
  { email, password, organization }: SignIn,
): Promise<{ session: SessionRecord; tokens: Tokens }> {
  const { ctx, sessions, passwords } = deps;
  const networks = networksOf(ctx.address ?? '');
  const members = await findMembers(deps, networks[0], email, organization);
  const isKnown = members.some((member) => member.isKnown);
  const attempt = (organizationId: string, known: boolean) => ({
    organizationId,
    account: accountOfAddress(deps, email),
    networks: known ? networks.slice(0, 1) : networks,
  });
  const asked = attempt(organization ?? NO_ORGANIZATION, isKnown);
  // Refused before the slow hash. The count of an address without an account is the same, so the caller learns nothing.
  if (await sessions.isRefused(asked, ctx.wallNow())) throw await refused(deps, members);

  const hashes = members.flatMap(({ hash }) => hash ?? []);
  const matching = await passwords.verify(password, hashes, { networks, isKnown });
  const now = ctx.wallNow();
  const settled = await Promise.all(
    members.map(async (member) => {
      const isCorrect = member.hash !== undefined && matching.includes(member.hash);
      // A password that fits elsewhere is no failed sign-in for the audit log. But it counts, because otherwise an admin
      // could test guesses with an account of their own for the same address.
      const isLogged = isCorrect || matching.length === 0;
      const refusal = memberAuditEntry(deps, member, false, 'session.refused', isCorrect ? { blocked: true } : {});
      const tried = attempt(member.organizationId, member.isKnown);
      const isAccepted = await sessions.recordAttempt(tried, isCorrect, now, isLogged ? refusal : undefined);
      return isAccepted ? [member] : [];
    }),
  );
  const [member, ...others] = settled.flat();
  if (organization === undefined || members.length === 0) {
    const isAccepted = await sessions.recordAttempt(asked, member !== undefined, now);
    if (!isAccepted && member !== undefined) throw await refused(deps, [member, ...others]);
  }
  if (member?.hash === undefined) throw wrongCredentials();
  if (others.length > 0) throw ambiguous([member, ...others]);
  return startSession(deps, member, member.hash, networks[0]);
}

async function startSession(deps: SessionDeps, member: Membership, hash: string, network: string) {
  const { ctx, sessions, secrets } = deps;
  const { organizationId, userId } = member;
  const now = ctx.wallNow();
  const family = secrets.make();
  const latest = secrets.make();
  const session = {
    organizationId,
    userId,
    id: ctx.newId('ses'),
    createdAt: now,
    refreshedAt: now,
    expiresAt: expiryOf(now, now),
    familyDigest: secrets.digest(family),
    latestDigest: secrets.digest(latest),
    refreshKeyDigest: null,
  };
  const expiresAt = new Date(Date.parse(now) + KNOWN_NETWORK_MILLISECONDS).toISOString();
  const audit = memberAuditEntry(deps, member, true, 'session.created', { sessionId: session.id });
  // `start` refuses the session if the password was changed or the user was deactivated meanwhile.
  if (!(await sessions.start(session, hash, audit, { network, expiresAt }))) throw wrongCredentials();
  return { session, tokens: await issueTokens(deps, session, { family, latest }) };
}

async function findMembers(
  deps: SessionDeps,
  network: string,
  email: string,
  organization: string | undefined,
): Promise<Member[]> {
  const { sessions } = deps;
  const found =
    organization === undefined ? await sessions.findMemberships(email) : await membershipIn(deps, email, organization);
  const now = deps.ctx.wallNow();
  return Promise.all(
    found.map(async (member) => ({ ...member, isKnown: await sessions.isKnownNetwork(member, network, now) })),
  );
}

async function membershipIn(
  deps: SessionDeps,
  email: string,
  organizationId: string,
): Promise<Omit<Member, 'isKnown'>[]> {
  const found = await deps.users.findByEmail(organizationId, email);
  const active = found && (await findActiveUser(deps, organizationId, found.user.id));
  if (active === undefined) return [];
  const userId = active.user.id;
  return [{ organizationId, userId, hash: await deps.sessions.findPasswordHash(organizationId, userId) }];
}

/** Records refused tries whose password was not checked or does not count, and returns the error for the caller. */
async function refused(deps: SessionDeps, members: readonly Membership[]): Promise<CurlewError> {
  for (const member of members) {
    await deps.audit.append(memberAuditEntry(deps, member, false, 'session.refused', { blocked: true }));
  }
  return wrongCredentials();
}

/** The caller proved the password of each of these accounts, and so may learn their organizations. */
function ambiguous(members: readonly Membership[]): CurlewError {
  const names = members.map(({ organizationId }) => organizationId).join(', ');
  const message = `The password fits in several organizations; name one of them: ${names}.`;
  return invalid([{ pointer: '/organization', code: 'ambiguous', message }]);
}
