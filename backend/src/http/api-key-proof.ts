import { timingSafeEqual } from 'node:crypto';
import { type ApiKey, type ApiKeyStore, findKeyActor, type KeySecrets } from '@curlew/core/api-key';
import { type Actor, auditOf, type Context } from '@curlew/core/kernel';
import type { UserStore } from '@curlew/core/user';
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

/** The proof by API key; see `findKeyActor` for the actor. */
export function apiKeyProof({ keys, users, secrets, newId, now }: Ports): Proof {
  return {
    isFor: (text) => text.startsWith('clw_'),

    async actorOf(text) {
      const named = secrets.parse(text);
      const key = named === undefined ? undefined : await keys.find(named.organizationId, named.keyId);
      if (key === undefined || !isSame(key.digest, secrets.digest(text))) return undefined;
      const actor = await findKeyActor({ keys, users }, key, iso(now()));
      if (actor === undefined) return undefined;
      await noteUse(actor, key.apiKey);
      const { expiresAt } = key.apiKey;
      return { actor, ...(expiresAt === null ? {} : { expiresAt: Date.parse(expiresAt) }) };
    },
  };

  async function noteUse(actor: Actor, { id, lastUsedAt }: ApiKey): Promise<void> {
    const milliseconds = now();
    const since = milliseconds - NOTED_MILLISECONDS;
    if (lastUsedAt !== null && Date.parse(lastUsedAt) > since) return;
    const time = iso(milliseconds);
    const audit = auditOf({ actor, now: () => time, newId }, 'api_key.used', id);
    const use = { organizationId: actor.organizationId, id, time, since: iso(since), audit };
    // If the storage accepts no writes, callers can still read. The next lookup of the key records its use.
    await keys.recordUse(use).catch(() => {});
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
