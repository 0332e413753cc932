import { admit, auditOf, notFound, sparesOperator } from '../kernel/index.ts';
import type { Session } from './session.ts';
import { loadUser, type SessionVerb } from './verb.ts';

/** Where the caller is signed in, the latest first. */
export async function listSessions({ ctx, sessions }: SessionVerb): Promise<Session[]> {
  admit(ctx);
  const { organizationId, userId, sessionId } = ctx.actor;
  const found = await sessions.listOf(organizationId, userId, ctx.now());
  return found.map(({ id, createdAt, refreshedAt, expiresAt }) => ({
    id,
    current: id === sessionId,
    createdAt,
    refreshedAt,
    expiresAt,
  }));
}

/** Signs the caller out of one session; `current` names the one of the request. Throws `not_found`. */
export async function endSession({ ctx, sessions, audit }: SessionVerb, id: string): Promise<void> {
  admit(ctx);
  const { organizationId, userId, sessionId } = ctx.actor;
  const named = id === 'current' ? sessionId : id;
  if (named === undefined || !(await sessions.end(organizationId, userId, named))) throw notFound('session', id);
  await audit.append(auditOf(ctx, 'session.ended', userId, { sessionId: named }));
}

/** Signs the caller out everywhere. */
export async function endSessions(verb: SessionVerb): Promise<void> {
  admit(verb.ctx);
  await endAll(verb, verb.ctx.actor.userId);
}

/** Signs a user of the organization out everywhere. Throws `not_found`. */
export async function endSessionsOf(verb: SessionVerb, userId: string): Promise<void> {
  const found = await loadUser(verb, userId);
  if (userId !== verb.ctx.actor.userId) sparesOperator(verb.ctx, found);
  await endAll(verb, userId);
}

async function endAll({ ctx, sessions, audit }: SessionVerb, userId: string): Promise<void> {
  if ((await sessions.endAll(ctx.actor.organizationId, userId)) === 0) return;
  await audit.append(auditOf(ctx, 'session.ended', userId, { all: true }));
}
