import { type Actor, auditOf, type Context } from '../kernel/index.ts';
import type { KeyRevocation } from './ports.ts';

/**
 * The audit entries of the API keys that a user created and that end with the user's sessions: a thief of an access
 * token may have created them.
 */
export function revokeKeysOf(
  ctx: Pick<Context, 'now' | 'newId'> & Partial<Context>,
  { organizationId, userId }: Pick<Actor, 'organizationId' | 'userId'>,
): KeyRevocation {
  const actor = { role: 'customer' as const, ...ctx.actor, organizationId, userId: ctx.actor?.userId || userId };
  return (key) => auditOf({ ...ctx, actor }, 'api_key.revoked', key.id, { userId: key.userId, createdBy: userId });
}
