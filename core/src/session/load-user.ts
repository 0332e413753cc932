import { isStaff, notFound, requireAccess } from '../kernel/index.ts';
import type { UserRecord } from '../user/index.ts';
import type { SessionDeps } from './deps.ts';

/**
 * Loads a user of the caller's organization. Throws `not_found`, also if the caller may not see the user, and
 * `forbidden`.
 */
export async function loadUser({ ctx, users }: SessionDeps, id: string): Promise<UserRecord> {
  const { organizationId, userId } = ctx.actor;
  const found = await users.find(organizationId, id);
  const isVisible = isStaff(ctx.actor) || id === userId;
  if (found === undefined || found.deletedAt !== null || !isVisible) throw notFound('user', id);
  requireAccess(ctx, 'users:manage', 'all');
  return found;
}
