import { isStaff, notFound, requireAccess } from '../kernel/index.ts';
import type { UserRecord } from '../user/index.ts';
import type { SessionDeps } from './deps.ts';

/** A user of the caller's organization. Throws `not_found`, also for one whom the caller may not see, `forbidden`. */
export async function loadUser({ ctx, users }: SessionDeps, id: string): Promise<UserRecord> {
  const { organizationId, userId } = ctx.actor;
  const found = await users.find(organizationId, id);
  const isVisible = isStaff(ctx.actor) || id === userId;
  if (found === undefined || found.deletedAt !== null || !isVisible) throw notFound('user', id);
  requireAccess(ctx, 'users:manage', 'all');
  return found;
}
