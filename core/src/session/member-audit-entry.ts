import { type AuditAction, type AuditEntry, auditOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import type { Membership } from './ports.ts';

/**
 * Makes the audit entry for a request without an access token that concerns a user. The actor is that user if the
 * caller proved to be that user (`proved`), otherwise null.
 */
export function memberAuditEntry(
  { ctx }: SessionDeps,
  { organizationId, userId }: Membership,
  proved: boolean,
  action: AuditAction,
  details: AuditEntry['details'] = {},
): AuditEntry {
  const entry = auditOf({ ...ctx, actor: { ...ctx.actor, organizationId, userId } }, action, userId, details);
  return proved ? entry : { ...entry, actorId: null };
}
