import { networkOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import type { SignInAttempt } from './lock-out.ts';
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

/** A try from the network of the present request. */
export function attemptFrom({ ctx }: Pick<SessionDeps, 'ctx'>, organizationId: string, account: string): SignInAttempt {
  return { organizationId, account, network: networkOf(ctx.address ?? '') };
}

/** Removes the failed tries of a user from all networks, after the user proved their identity in another way. */
export async function forgetTries(
  { sessions, secrets }: Pick<SessionDeps, 'sessions'> & { readonly secrets: Digests },
  organizationId: string,
  { id, email }: { readonly id: string; readonly email: string | null },
): Promise<void> {
  await sessions.forgetTries(organizationId, accountOfUser(id));
  if (email !== null) await sessions.forgetTries(organizationId, accountOfAddress({ secrets }, email));
}
