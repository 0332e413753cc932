import { type AuditEntry, auditOf, type Context, receiptOf } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import type { UserEventType } from './events.ts';
import type { UserChange } from './ports.ts';
import type { User, UserRecord } from './user.ts';

/** Saves the changed user with an event of this type. `before` is absent for a new user. */
export async function saveUser(
  { ctx, users }: UserDeps,
  before: UserRecord | undefined,
  user: User,
  type: UserEventType,
  changed: readonly string[],
  decider?: UserRecord,
): Promise<UserRecord> {
  const change = userChange(ctx, ctx.actor.organizationId, before, user, type, changed);
  const by = decider === undefined ? {} : { decider };
  await users.save({ ...change, ...by, ...receiptOf(ctx, change.record) });
  return change.record;
}

/** The change of a user, with its event and audit entries, but without a receipt. */
export function userChange(
  ctx: Context,
  organizationId: string,
  before: UserRecord | undefined,
  user: User,
  type: UserEventType,
  changed: readonly string[],
): UserChange {
  const operator = before?.operator ?? false;
  return {
    record: { organizationId, user, operator, deletedAt: type === 'user.deleted' ? user.updatedAt : null },
    ...(before === undefined ? {} : { before }),
    event: {
      id: ctx.newId('evt'),
      type,
      organizationId,
      subject: user.id,
      sequence: user.version,
      time: user.updatedAt,
      actorId: ctx.actor.userId,
      data: { role: user.role, changed },
    },
    audit: auditEntries(ctx, organizationId, before?.user, user, type),
  };
}

/**
 * Audit entries for changes of rights, of addresses and of accounts. A new customer gets no entry, because customers
 * are often created automatically.
 */
function auditEntries(
  ctx: Context,
  organizationId: string,
  before: User | undefined,
  user: User,
  type: UserEventType,
): AuditEntry[] {
  const entry = (action: AuditEntry['action'], details?: AuditEntry['details']) => ({
    ...auditOf(ctx, action, user.id, details),
    organizationId,
  });
  if (type === 'user.deleted') return [entry('user.erased')];
  const from = before?.role ?? 'customer';
  const wasActive = before?.active ?? true;
  return [
    ...(before === undefined && user.role !== 'customer' ? [entry('user.created', { role: user.role })] : []),
    ...(before !== undefined && user.role !== from ? [entry('user.role_changed', { from, to: user.role })] : []),
    ...(before !== undefined && user.email !== before.email ? [entry('user.address_changed')] : []),
    ...(user.active !== wasActive ? [entry(user.active ? 'user.activated' : 'user.deactivated')] : []),
  ];
}
