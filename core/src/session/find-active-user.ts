import type { UserRecord, UserStore } from '../user/index.ts';

/** Finds a user who is active and not deleted; only such a user may sign in. */
export async function findActiveUser(
  { users }: { readonly users: Pick<UserStore, 'find'> },
  organizationId: string,
  userId: string,
): Promise<UserRecord | undefined> {
  const found = await users.find(organizationId, userId);
  return found?.user.active && found.deletedAt === null ? found : undefined;
}
