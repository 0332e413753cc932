import type { UserRecord, UserStore } from '../user/index.ts';

/** The user, if they may come in. */
export async function findActiveUser(
  { users }: { readonly users: Pick<UserStore, 'find'> },
  organizationId: string,
  userId: string,
): Promise<UserRecord | undefined> {
  const found = await users.find(organizationId, userId);
  return found?.user.active && found.deletedAt === null ? found : undefined;
}
