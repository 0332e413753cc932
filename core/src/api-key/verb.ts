import { admit, type Context, notFound } from '../kernel/index.ts';
import type { UserStore } from '../user/index.ts';
import type { ApiKeyRecord } from './api-key.ts';
import type { ApiKeyStore, KeySecrets } from './ports.ts';

/** What every verb of API keys is given. */
export interface ApiKeyVerb {
  readonly ctx: Context;
  readonly keys: ApiKeyStore;
  readonly secrets: KeySecrets;
  readonly users: Pick<UserStore, 'find'>;
}

/** Everybody sees their own keys, admins all of their organization. Throws `not_found`, `forbidden`. */
export async function loadApiKey({ ctx, keys }: ApiKeyVerb, id: string): Promise<ApiKeyRecord> {
  const found = await keys.find(ctx.actor.organizationId, id);
  const maySee = ctx.access.reach === 'all' || found?.apiKey.userId === ctx.actor.userId;
  if (found === undefined || found.revokedAt !== null || !maySee) throw notFound('API key', id);
  admit(ctx);
  return found;
}
