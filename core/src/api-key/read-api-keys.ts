import { admit, forbidden, type Page } from '../kernel/index.ts';
import type { ApiKey, ApiKeyRecord } from './api-key.ts';
import type { ApiKeyQuery } from './ports.ts';
import { type ApiKeyVerb, loadApiKey } from './verb.ts';

/** Throws `not_found`, `forbidden`. */
export function readApiKey(verb: ApiKeyVerb, id: string): Promise<ApiKeyRecord> {
  return loadApiKey(verb, id);
}

/** Everybody gets their own keys, admins all or those of one user. Throws `forbidden`. */
export async function listApiKeys({ ctx, keys }: ApiKeyVerb, query: ApiKeyQuery): Promise<Page<ApiKey>> {
  admit(ctx);
  const { organizationId, userId } = ctx.actor;
  if (ctx.access.reach === 'all') return keys.list(organizationId, query);
  if ((query.userId ?? userId) !== userId) throw forbidden(ctx.actor, 'api-keys:manage');
  return keys.list(organizationId, { ...query, userId });
}
