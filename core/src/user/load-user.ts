import { forbidden, isStaff, notFound, type Right, requireAccess } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import type { UserRecord } from './user.ts';

/** Customers see themselves, staff all of their organization. Throws `not_found`, also for a deleted user, `forbidden`. */
export async function loadUser({ ctx, users }: UserDeps, id: string, right: Right, over?: 'all'): Promise<UserRecord> {
  const found = await users.find(ctx.actor.organizationId, id);
  const maySee = isStaff(ctx.actor) || id === ctx.actor.userId;
  if (found === undefined || found.deletedAt !== null || !maySee) throw notFound('user', id);
  requireAccess(ctx, right, over);
  return found;
}

/**
 * The caller as they are now, who is to decide about others' rights. Throws `forbidden` when they may not any more:
 * two admins who take each other's rights at once would leave nobody.
 */
export async function loadDecider({ ctx: { actor }, users }: UserDeps): Promise<UserRecord> {
  const found = await users.find(actor.organizationId, actor.userId);
  const mayDecide = found?.deletedAt === null && found.user.active && found.user.role === 'admin';
  if (found === undefined || !mayDecide) throw forbidden(actor, 'users:manage');
  return found;
}
