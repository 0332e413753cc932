import { admit, type Context, isStaff, notFound, receiptOf } from '../kernel/index.ts';
import type { UserEventType } from './events.ts';
import type { UserStore } from './ports.ts';
import type { User, UserRecord } from './user.ts';

/** What every user verb is given. */
export interface UserVerb {
  readonly ctx: Context;
  readonly users: UserStore;
}

/** Customers see themselves, staff all of their organization. Throws `not_found`, also for a deleted user, `forbidden`. */
export async function loadUser({ ctx, users }: UserVerb, id: string): Promise<UserRecord> {
  const found = await users.find(ctx.actor.organizationId, id);
  const maySee = isStaff(ctx.actor) || id === ctx.actor.userId;
  if (found === undefined || found.deletedAt !== null || !maySee) throw notFound('user', id);
  admit(ctx);
  return found;
}

/** Saves a user as they are after the event; `before` is absent for a new one. */
export async function saveUser(
  { ctx, users }: UserVerb,
  before: UserRecord | undefined,
  user: User,
  type: UserEventType,
  changed: readonly string[],
): Promise<UserRecord> {
  const organizationId = ctx.actor.organizationId;
  const operator = before?.operator ?? false;
  const record = { organizationId, user, operator, deletedAt: type === 'user.deleted' ? user.updatedAt : null };
  await users.save({
    record,
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
    ...receiptOf(ctx, record),
  });
  return record;
}
