import { type AuditAction, type AuditEntry, auditOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import type { Membership } from './ports.ts';

/** The entry for what was done to a user by somebody who came without a token: by themselves, if they `proved` it. */
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
