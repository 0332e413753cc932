import { auditOf, notFound, requireAccess, requireOperatorFor } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import { loadUser } from './load-user.ts';
import { revokeKeysOf } from './revoke-keys.ts';
import type { Session } from './session.ts';

/** Lists the caller's sessions, latest first. */
export async function listSessions({ ctx, sessions }: SessionDeps): Promise<Session[]> {
  requireAccess(ctx, 'users:read');
  const { organizationId, userId, sessionId } = ctx.actor;
  const found = await sessions.listOf(organizationId, userId, ctx.wallNow());
  return found.map(({ id, createdAt, refreshedAt, expiresAt }) => ({
    id,
    current: id === sessionId,
    createdAt,
    refreshedAt,
    expiresAt,
  }));
}

/** Ends one session of the caller. The id `current` means the session of the request. Throws `not_found`. */
export async function endSession({ ctx, sessions }: SessionDeps, id: string): Promise<void> {
  requireAccess(ctx, 'users:write');
  const { organizationId, userId, sessionId } = ctx.actor;
  const named = id === 'current' ? sessionId : id;
  if (named === undefined) throw notFound('session', id);
  const audit = auditOf(ctx, 'session.ended', userId, { sessionId: named });
  if (!(await sessions.end(organizationId, userId, named, audit))) throw notFound('session', id);
}

/** Ends all sessions of the caller, and the API keys that the caller created while signed in. */
export async function endSessions(deps: SessionDeps): Promise<void> {
  requireAccess(deps.ctx, 'users:write');
  await endAll(deps, deps.ctx.actor.userId);
}

/** Ends all sessions of a user of the organization. Throws `not_found`, `forbidden`. */
export async function endSessionsOf(deps: SessionDeps, userId: string): Promise<void> {
  const found = await loadUser(deps, userId);
  if (userId !== deps.ctx.actor.userId) requireOperatorFor(deps.ctx, found);
  await endAll(deps, userId);
}

async function endAll({ ctx, sessions }: SessionDeps, userId: string): Promise<void> {
  const { organizationId } = ctx.actor;
  const audit = auditOf(ctx, 'session.ended', userId, { all: true });
  await sessions.endAll(organizationId, userId, audit, revokeKeysOf(ctx, { organizationId, userId }));
}
