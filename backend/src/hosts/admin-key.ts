import { type ApiKeyStore, createApiKey } from '@curlew/core/api-key';
import type { UserStore } from '@curlew/core/user';
import { orderClock, wallClock } from './clocks.ts';
import { idGenerator } from './ids.ts';
import { keySecrets } from './key-secrets.ts';

/** Creates an API key with all rights of the admin. The caller needs write access to the storage. Resolves with the key. */
export async function adminKey(
  stores: { readonly keys: ApiKeyStore; readonly users: Pick<UserStore, 'find'> },
  { organizationId, userId, name }: { organizationId: string; userId: string; name: string },
): Promise<string> {
  const clock = orderClock();
  const ctx = {
    actor: { organizationId, userId, role: 'admin', operator: true },
    requestId: '',
    now: clock.iso,
    wallNow: wallClock.iso,
    newId: idGenerator(clock),
    runExclusive: (_: string, work: () => Promise<never>) => work(),
    pause: async () => {},
  } as const;
  const { text } = await createApiKey({ ctx, ...stores, secrets: keySecrets }, { name, scopes: ['write'] });
  return text;
}
