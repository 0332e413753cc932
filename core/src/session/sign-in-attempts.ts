import { networkOf } from '../kernel/index.ts';
import type { SessionDeps } from './deps.ts';
import type { SignInAttempt } from './lock-out.ts';

/** Failed tries to sign in are counted by address, whether or not it is anybody's: a lock shows nothing of accounts. */
export function accountOfAddress({ secrets }: Pick<SessionDeps, 'secrets'>, email: string): string {
  return `address:${secrets.digest(email.toLowerCase())}`;
}

/** Those of somebody who is in already are counted apart: they lock nobody out. */
export function accountOfUser(userId: string): string {
  return `user:${userId}`;
}

/** A try from where the request comes from. */
export function attemptFrom({ ctx }: Pick<SessionDeps, 'ctx'>, organizationId: string, account: string): SignInAttempt {
  return { organizationId, account, network: networkOf(ctx.address ?? '') };
}

/** Forgets the failed tries of a user, wherever they came from: who they are was proven in another way. */
export async function forgetTries(
  { sessions, secrets }: Pick<SessionDeps, 'sessions' | 'secrets'>,
  organizationId: string,
  { id, email }: { readonly id: string; readonly email: string | null },
): Promise<void> {
  await sessions.forgetTries(organizationId, accountOfUser(id));
  if (email !== null) await sessions.forgetTries(organizationId, accountOfAddress({ secrets }, email));
}
