import { CurlewError, checkVersion, type ExpectedVersions, requireOperatorFor, retryStale } from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import { loadDecider, loadUser } from './load-user.ts';
import { saveUser } from './save-user.ts';
import type { User } from './user.ts';

/**
 * Deletes a user for good: erases name and address. The id stays reserved, and stays in the tickets that contain it.
 * Responses stored for idempotent retries may still contain name and address for up to 24 hours.
 * Throws `not_found`, `precondition_failed`, `own_account`.
 */
export async function deleteUser(deps: UserDeps, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx } = deps;
  await retryStale(ctx, `user ${id}`, async () => {
    const before = await loadUser(deps, id, 'users:manage', 'all');
    requireOperatorFor(ctx, before);
    if (id === ctx.actor.userId) throw new CurlewError('own_account', 'You cannot delete your own account.');
    checkVersion(expected, before.user.version);
    const erased = erasedUser(before.user, ctx.now());
    await saveUser(deps, before, erased, 'user.deleted', [], await loadDecider(deps));
  });
}

/** The user without personal data. Lists every field, so that a new field of `User` causes a compile error here. */
function erasedUser({ id, role, active, createdAt, version }: User, now: string): User {
  return { id, name: id, email: null, role, active, createdAt, updatedAt: now, version: version + 1 };
}
