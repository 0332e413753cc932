import { forbidden, type Page, reachOf, requireAccess } from '../kernel/index.ts';
import type { ApiKey, ApiKeyRecord } from './api-key.ts';
import type { ApiKeyDeps } from './deps.ts';
import { loadApiKey } from './load-api-key.ts';
import type { ApiKeyQuery } from './ports.ts';

/** Throws `not_found`, `forbidden`. */
export function readApiKey(deps: ApiKeyDeps, id: string): Promise<ApiKeyRecord> {
  return loadApiKey(deps, id);
}

/** Lists keys. Users get their own keys, admins all keys or the keys of one user. Throws `forbidden`. */
export async function listApiKeys({ ctx, keys }: ApiKeyDeps, query: ApiKeyQuery): Promise<Page<ApiKey>> {
  requireAccess(ctx, 'api-keys:manage');
  const { organizationId, userId } = ctx.actor;
  if (reachOf(ctx.actor, 'api-keys:manage') === 'all') return keys.list(organizationId, query);
  if ((query.userId ?? userId) !== userId) throw forbidden(ctx.actor, 'api-keys:manage');
  return keys.list(organizationId, { ...query, userId });
}
