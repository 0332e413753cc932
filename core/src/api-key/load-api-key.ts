import { notFound, reachOf, requireAccess } from '../kernel/index.ts';
import type { ApiKeyRecord } from './api-key.ts';
import type { ApiKeyDeps } from './deps.ts';

/** Loads a key. Users see their own keys, admins all keys of the organization. Throws `not_found`, `forbidden`. */
export async function loadApiKey({ ctx, keys }: ApiKeyDeps, id: string): Promise<ApiKeyRecord> {
  const found = await keys.find(ctx.actor.organizationId, id);
  const maySee = reachOf(ctx.actor, 'api-keys:manage') === 'all' || found?.apiKey.userId === ctx.actor.userId;
  if (found === undefined || found.revokedAt !== null || !maySee) throw notFound('API key', id);
  requireAccess(ctx, 'api-keys:manage');
  return found;
}
