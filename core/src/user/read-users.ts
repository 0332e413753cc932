import { isStaff, type Page, requireAccess } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import { loadUser } from './load-user.ts';
import type { UserQuery } from './ports.ts';
import { comparableAddress, type User, type UserRecord } from './user.ts';

/** Throws `not_found`. */
export function readUser(deps: UserDeps, id: string): Promise<UserRecord> {
  return loadUser(deps, id, 'users:read');
}

/** Reads a user for the export of their data. Throws `not_found`, `forbidden`. */
export function readUserForExport(deps: UserDeps, id: string): Promise<UserRecord> {
  return loadUser(deps, id, 'users:manage');
}

/** Lists users. Customers get only themselves, if they match the query. */
export async function listUsers(deps: UserDeps, query: UserQuery): Promise<Page<User>> {
  const { ctx, users } = deps;
  requireAccess(ctx, 'users:read');
  if (isStaff(ctx.actor)) return users.list(ctx.actor.organizationId, query);
  const { user } = await readMe(deps);
  const isMatch =
    query.after === undefined &&
    (query.role ?? user.role) === user.role &&
    (query.email === undefined ||
      (user.email !== null && comparableAddress(query.email) === comparableAddress(user.email)));
  return { items: isMatch ? [user] : [] };
}

/** Reads the caller's own user. Throws `not_found` if the user was deleted meanwhile. */
export function readMe(deps: UserDeps): Promise<UserRecord> {
  return loadUser(deps, deps.ctx.actor.userId, 'users:read');
}
