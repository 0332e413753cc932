import type { Api } from '@curlew/client';

/** An API key for one run. */
export interface OwnKey {
  readonly key: string;
  revoke(): Promise<void>;
}

// To write in the names of others, and to give roles, takes what only staff, or an admin, has.
const IMPORT_RIGHTS = ['tickets', 'tasks', 'users']
  .flatMap((what) => [`${what}:read`, `${what}:write`])
  .concat('tickets:manage', 'users:manage');
const LIVES_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Makes an API key of the caller's own: an access token is good for ten minutes, and for a tenth of the requests.
 * Answers nothing where there is none to be had; the run goes on with the token then.
 */
export async function makeOwnKey(
  api: Api,
  { name, scopes }: { name: string; scopes: readonly string[] } = { name: 'Import', scopes: IMPORT_RIGHTS },
): Promise<OwnKey | undefined> {
  const expiresAt = new Date(Date.now() + LIVES_MILLISECONDS).toISOString();
  const { status, body } = await api('POST', 'v1/api-keys', { body: { name, scopes, expiresAt } });
  const { id, key } = (body ?? {}) as { id?: string; key?: string };
  if (status !== 201 || id === undefined || key === undefined) return undefined;
  return {
    key,
    async revoke() {
      // The token may have expired meanwhile; so will the key.
      await api('DELETE', `v1/api-keys/${id}`, { tries: 1 }).catch(() => {});
    },
  };
}
