import { type Context, requireAccess, requireAllRights } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import { saveUser, userChange } from './save-user.ts';
import type { NewUser, User, UserRecord } from './user.ts';

/**
 * Creates a user. Agents may create active customers, admins every user. Throws `user_exists` if a present or deleted
 * user has the id, `email_taken`, `forbidden`.
 */
export async function createUser(deps: UserDeps, input: NewUser): Promise<UserRecord> {
  const { ctx } = deps;
  requireAccess(ctx, 'users:write', 'all');
  if ((input.role ?? 'customer') !== 'customer' || input.active === false) requireAccess(ctx, 'users:manage', 'all');
  if (input.role === 'admin') requireAllRights(ctx);
  return addUser(deps, input);
}

/** Creates a user without a check of rights; the caller has checked them. Throws `user_exists`, `email_taken`. */
export function addUser(deps: UserDeps, input: NewUser): Promise<UserRecord> {
  return saveUser(deps, undefined, userFrom(deps.ctx, input), 'user.created', []);
}

/** The change that creates the first admin of an organization. It must be saved together with the organization. */
export function firstAdmin(ctx: Context, organizationId: string, { email, name }: { email: string; name: string }) {
  const user = userFrom(ctx, { email, name, role: 'admin' });
  return userChange(ctx, organizationId, undefined, user, 'user.created', []);
}

function userFrom(ctx: Context, input: NewUser): User {
  const id = input.id ?? ctx.newId('usr');
  const email = input.email ?? null;
  const now = ctx.now();
  return {
    id,
    name: input.name ?? email ?? id,
    email,
    role: input.role ?? ('customer' as const),
    active: input.active ?? true,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
