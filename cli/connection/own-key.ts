import type { Api } from '@curlew/client';

/** A temporary API key for one run of a command. */
export interface OwnKey {
  readonly key: string;
  revoke(): Promise<void>;
}

// All rights of the caller: a file may contain messages of other authors, roles, and admins, whom only a key with all
// rights may create (ADR 0032).
const IMPORT_SCOPES = ['write'];
export const OWN_KEY_REFUSED = 'the API key that this command made for itself was revoked';
const LIVES_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Creates an API key for the caller, because an access token expires after ten minutes and has a tenth of a key's rate
 * limit. Returns undefined if the API refuses; the run then continues with the token.
 */
export async function makeOwnKey(
  api: Api,
  { name, scopes }: { name: string; scopes: readonly string[] } = { name: 'Import', scopes: IMPORT_SCOPES },
): Promise<OwnKey | undefined> {
  const expiresAt = new Date(Date.now() + LIVES_MILLISECONDS).toISOString();
  const { status, body } = await api('POST', 'v1/api-keys', { body: { name, scopes, expiresAt } });
  const { id, key } = (body ?? {}) as { id?: string; key?: string };
  if (status !== 201 || id === undefined || key === undefined) return undefined;
  return {
    key,
    async revoke() {
      // A failure is acceptable, because the key expires anyway.
      await api('DELETE', `v1/api-keys/${id}`, { tries: 1 }).catch(() => {});
    },
  };
}
