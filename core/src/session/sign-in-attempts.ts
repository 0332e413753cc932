import type { SessionDeps } from './deps.ts';
import type { SessionSecrets } from './ports.ts';

type Digests = Pick<SessionSecrets, 'digest'>;

/**
 * The key under which failed sign-ins with an address are counted. Addresses without an account are counted too, so
 * that a wait does not show which accounts exist.
 */
export function accountOfAddress({ secrets }: { readonly secrets: Digests }, email: string): string {
  return `address:${secrets.digest(email.toLowerCase())}`;
}

/**
 * The key for failed tries of a user who is signed in already. They are counted separately, and do not block a sign-in.
 */
export function accountOfUser(userId: string): string {
  return `user:${userId}`;
}

/** Removes the failed tries of a user from all networks, after the user proved their identity in another way. */
export async function forgetTries(
  { sessions, secrets }: Pick<SessionDeps, 'sessions'> & { readonly secrets: Digests },
  organizationId: string,
  { id, email }: { readonly id: string; readonly email: string | null },
): Promise<void> {
  await sessions.forgetTries(organizationId, accountOfUser(id));
  if (email === null) return;
  const account = accountOfAddress({ secrets }, email);
  await sessions.forgetTries(organizationId, account);
  // The tries that named no organization.
  await sessions.forgetTries('', account);
}
