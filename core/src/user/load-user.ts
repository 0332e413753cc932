import { forbidden, isStaff, notFound, type Right, requireAccess } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import type { UserRecord } from './user.ts';

/**
 * Loads a user. Customers see only themselves, staff all users of their organization. Throws `not_found`, also for a
 * deleted user, and `forbidden`.
 */
export async function loadUser({ ctx, users }: UserDeps, id: string, right: Right, over?: 'all'): Promise<UserRecord> {
  const found = await users.find(ctx.actor.organizationId, id);
  const maySee = isStaff(ctx.actor) || id === ctx.actor.userId;
  if (found === undefined || found.deletedAt !== null || !maySee) throw notFound('user', id);
  requireAccess(ctx, right, over);
  return found;
}

/**
 * The caller's present user record, for a change of another user's rights. Throws `forbidden` if the caller is no
 * longer an active admin: otherwise two admins who remove each other's rights at once would leave no admin.
 */
export async function loadDecider({ ctx: { actor }, users }: UserDeps): Promise<UserRecord> {
  const found = await users.find(actor.organizationId, actor.userId);
  const mayDecide = found?.deletedAt === null && found.user.active && found.user.role === 'admin';
  if (found === undefined || !mayDecide) throw forbidden(actor, 'users:manage');
  return found;
}
