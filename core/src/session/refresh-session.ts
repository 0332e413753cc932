import { CurlewError } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { findActiveUser } from './find-active-user.ts';
import { issueTokens } from './issue-tokens.ts';
import { memberAuditEntry } from './member-audit-entry.ts';
import { wrongToken } from './refusals.ts';
import { expiryOf, type Refresh, type SessionRecord, type Tokens } from './session.ts';

const FORMAT = /^crt\.(?<organizationId>.+)\.(?<id>ses_\w+)\.(?<family>[\w-]+)\.(?<latest>[\w-]+)$/;
/** For this time, the previous refresh token gets the same answer again: two tabs may refresh at once. */
const REPEAT_MILLISECONDS = 60_000;
/** The same for a repeat with the `Idempotency-Key` of the refresh. */
const KEYED_REPEAT_MILLISECONDS = 24 * 60 * 60 * 1000;

interface Refreshed {
  readonly tokens: Tokens;
  /** Whether the request repeats an earlier request with the same `Idempotency-Key`. */
  readonly isReplayed: boolean;
}

/**
 * Continues a session with its latest refresh token. The previous refresh token gets the same next refresh token again
 * for a minute, or for a day with the `Idempotency-Key` of its first use. Any other used refresh token ends the session,
 * because it was probably stolen (RFC 9700, 4.14.2). Throws `wrong_credentials`, and `idempotency_key_reused` if the
 * key belongs to the previous refresh.
 */
export async function refreshSession(
  deps: SessionDeps,
  { refreshToken }: Refresh,
  idempotencyKey?: string,
): Promise<Refreshed> {
  const { ctx, sessions, secrets } = deps;
  // Each group of the pattern has text in every match.
  const given = FORMAT.exec(refreshToken)?.groups as
    | Record<'organizationId' | 'id' | 'family' | 'latest', string>
    | undefined;
  if (given === undefined) throw wrongToken();
  const now = ctx.wallNow();
  const session = await sessions.find(given.organizationId, given.id, now);
  // The id of a session is not secret. Only the holder of one of its refresh tokens may end the session.
  if (session === undefined || session.familyDigest !== secrets.digest(given.family)) throw wrongToken();
  if ((await findActiveUser(deps, session.organizationId, session.userId)) === undefined) throw wrongToken();

  const keyDigest = idempotencyKey === undefined ? null : secrets.digest(idempotencyKey);
  // Derived from the given token, so that a repeat gets the same one although only digests are stored.
  const latest = secrets.successor(refreshToken);
  const latestDigest = secrets.digest(latest);
  const answer = async (record: SessionRecord, isReplayed: boolean): Promise<Refreshed> => ({
    tokens: await issueTokens(deps, record, { family: given.family, latest }),
    isReplayed,
  });

  if (session.latestDigest === secrets.digest(given.latest)) {
    if (keyDigest !== null && keyDigest === session.refreshKeyDigest) throw keyReused();
    const expiresAt = expiryOf(session.createdAt, now);
    const next = { ...session, refreshedAt: now, expiresAt, latestDigest, refreshKeyDigest: keyDigest };
    if (await sessions.rotate(next, session.latestDigest)) return answer(next, false);
  }
  // The token was used before, or another request uses it at the same time.
  const present = await sessions.find(given.organizationId, given.id, now);
  if (present === undefined) throw wrongToken();
  const isKeyed = keyDigest !== null && keyDigest === present.refreshKeyDigest;
  const age = Date.parse(now) - Date.parse(present.refreshedAt);
  const isRepeat = age < (isKeyed ? KEYED_REPEAT_MILLISECONDS : REPEAT_MILLISECONDS);
  if (present.latestDigest === latestDigest && isRepeat) return answer(present, isKeyed);
  return revoke(deps, present);
}

async function revoke(deps: SessionDeps, session: SessionRecord): Promise<never> {
  const { organizationId, userId, id } = session;
  const reuse = memberAuditEntry(deps, session, false, 'session.reused', { sessionId: id });
  await deps.sessions.end(organizationId, userId, id, reuse);
  throw wrongToken({ hasEffect: true });
}

function keyReused(): CurlewError {
  const message = 'This Idempotency-Key was used for the previous refresh; send a new key with a new refresh token.';
  return new CurlewError('idempotency_key_reused', message);
}
