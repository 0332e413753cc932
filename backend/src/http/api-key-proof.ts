import { timingSafeEqual } from 'node:crypto';
import type { ApiKeyRecord, ApiKeyStore, KeySecrets } from '@curlew/core/api-key';
import { type Actor, auditOf, type Context } from '@curlew/core/kernel';
import type { UserRecord, UserStore } from '@curlew/core/user';
import type { Proof } from './authenticate.ts';

interface Ports {
  readonly keys: Pick<ApiKeyStore, 'find' | 'recordUse'>;
  readonly users: Pick<UserStore, 'find'>;
  readonly secrets: Pick<KeySecrets, 'parse' | 'digest'>;
  readonly newId: Context['newId'];
  /** Epoch milliseconds. */
  now(): number;
}

// An accuracy of one hour is enough to find unused keys, and each recorded use is a write.
const NOTED_MILLISECONDS = 60 * 60 * 1000;

/** The proof by API key. The key acts for its user within its scopes, while the key and the user are active. */
export function apiKeyProof({ keys, users, secrets, newId, now }: Ports): Proof {
  return {
    isFor: (text) => text.startsWith('clw_'),

    async actorOf(text) {
      const named = secrets.parse(text);
      const key = named === undefined ? undefined : await keys.find(named.organizationId, named.keyId);
      if (key === undefined || key.revokedAt !== null || !isSame(key.digest, secrets.digest(text))) return undefined;
      const { organizationId, apiKey } = key;
      const expiresAt = apiKey.expiresAt === null ? undefined : Date.parse(apiKey.expiresAt);
      if (expiresAt !== undefined && expiresAt <= now()) return undefined;
      const user = await users.find(organizationId, apiKey.userId);
      if (user === undefined || user.deletedAt !== null || !user.user.active) return undefined;
      await noteUse(key, user);
      return { actor: actorFrom(key, user), ...(expiresAt === undefined ? {} : { expiresAt }) };
    },
  };

  async function noteUse(key: ApiKeyRecord, user: UserRecord): Promise<void> {
    const { organizationId, apiKey } = key;
    const milliseconds = now();
    const since = milliseconds - NOTED_MILLISECONDS;
    if (apiKey.lastUsedAt !== null && Date.parse(apiKey.lastUsedAt) > since) return;
    const time = iso(milliseconds);
    const audit = auditOf({ actor: actorFrom(key, user), now: () => time, newId }, 'api_key.used', apiKey.id);
    // If the storage accepts no writes, callers can still read. The next lookup of the key records its use.
    await keys.recordUse({ organizationId, id: apiKey.id, time, since: iso(since), audit }).catch(() => {});
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The actor of a key. The operator has operator rights only if the key has a scope for organizations. */
function actorFrom(
  { organizationId, apiKey: { id, scopes, expiresAt } }: ApiKeyRecord,
  { user, operator }: UserRecord,
): Actor {
  const isOperator = operator && scopes.some((right) => right.startsWith('organizations:'));
  const expiry = expiresAt === null ? {} : { keyExpiresAt: expiresAt };
  const actor = { organizationId, userId: user.id, role: user.role, keyId: id, ...expiry, scopes };
  return isOperator ? { ...actor, operator } : actor;
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
