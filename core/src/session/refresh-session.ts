import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { issueTokens } from './issue-tokens.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import { wrongToken } from './refusals.ts';
import { expiryOf, type Refresh, type SessionRecord, type Tokens } from './session.ts';

const FORMAT = /^crt\.(?<organizationId>.+)\.(?<id>ses_\w+)\.(?<family>[\w-]+)\.(?<latest>[\w-]+)$/;

/**
 * Continues a session with its latest refresh token, which can be used once. A second use of a refresh token ends the
 * session, because the token or its successor was probably stolen (RFC 9700, 4.14.2). This also applies to a client
 * that sends the same token twice at once. Throws `wrong_credentials`.
 */
export async function refreshSession(deps: SessionDeps, { refreshToken }: Refresh): Promise<Tokens> {
  const { ctx, sessions, secrets } = deps;
  // Each group of the pattern has text in every match.
  const given = FORMAT.exec(refreshToken)?.groups as
    | Record<'organizationId' | 'id' | 'family' | 'latest', string>
    | undefined;
  if (given === undefined) throw wrongToken();
  const now = ctx.now();
  const session = await sessions.find(given.organizationId, given.id, now);
  // The id of a session is not secret. Only the holder of one of its refresh tokens may end the session.
  if (session === undefined || session.familyDigest !== secrets.digest(given.family)) throw wrongToken();
  if (session.latestDigest !== secrets.digest(given.latest)) return revoke(deps, session);
  if ((await findActiveUser(deps, session.organizationId, session.userId)) === undefined) throw wrongToken();

  const latest = secrets.make();
  const next = {
    ...session,
    refreshedAt: now,
    expiresAt: expiryOf(session.createdAt, now),
    latestDigest: secrets.digest(latest),
  };
  if (!(await sessions.rotate(next, session.latestDigest))) return revoke(deps, session);
  return issueTokens(deps, next, { family: given.family, latest });
}

async function revoke(deps: SessionDeps, session: SessionRecord): Promise<never> {
  const { organizationId, userId, id } = session;
  const reuse = memberAuditEntry(deps, session, false, 'session.reused', { sessionId: id });
  await deps.sessions.end(organizationId, userId, id, reuse);
  throw wrongToken({ hasEffect: true });
}
