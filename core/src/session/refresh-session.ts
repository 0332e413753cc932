import { expiryOf, type Refresh, type SessionRecord, type Tokens } from './session.ts';
import { admitted, auditOfMember, type SessionVerb, tokensOf, wrongToken } from './verb.ts';

const FORM = /^crt\.(?<organizationId>.+)\.(?<id>ses_\w+)\.(?<family>[\w-]+)\.(?<turn>[\w-]+)$/;

/**
 * Continues a session with its latest refresh token, which is used up by it. One that was used before ends the
 * session: either it was stolen, or the one that replaced it was (RFC 9700, 4.14.2). There is no grace for a token
 * sent twice at once. Throws `wrong_credentials`.
 */
export async function refreshSession(verb: SessionVerb, { refreshToken }: Refresh): Promise<Tokens> {
  const { ctx, sessions, secrets } = verb;
  const given = FORM.exec(refreshToken)?.groups as Record<'organizationId' | 'id' | 'family' | 'turn', string>;
  if (given === undefined) throw wrongToken();
  const now = ctx.now();
  const session = await sessions.find(given.organizationId, given.id, now);
  // Ids of sessions are no secret, so only who holds one of its tokens can end a session.
  if (session === undefined || session.familyDigest !== secrets.digest(given.family)) throw wrongToken();
  if (session.turnDigest !== secrets.digest(given.turn)) return revoke(verb, session);
  if ((await admitted(verb, session.organizationId, session.userId)) === undefined) throw wrongToken();

  const turn = secrets.make();
  const next = {
    ...session,
    refreshedAt: now,
    expiresAt: expiryOf(session.createdAt, now),
    turnDigest: secrets.digest(turn),
  };
  if (!(await sessions.turn(next, session.turnDigest))) return revoke(verb, session);
  return tokensOf(verb, next, { family: given.family, turn });
}

async function revoke(verb: SessionVerb, session: SessionRecord): Promise<never> {
  const { organizationId, userId, id } = session;
  await verb.sessions.end(organizationId, userId, id);
  await verb.audit.append(auditOfMember(verb, session, false, 'session.reused', { sessionId: id }));
  // Unlike other refusals this one ended something.
  throw wrongToken(new Error('A refresh token was used twice.'));
}
