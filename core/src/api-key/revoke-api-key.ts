import { auditOf, checkVersion, type ExpectedVersions, requireOperatorFor, retryStale } from '../kernel/index.ts';
import type { ApiKeyRecord } from './api-key.ts';
import type { ApiKeyDeps } from './deps.ts';
import { descendantsOf } from './key-lineage.ts';
import { loadApiKey } from './load-api-key.ts';

/**
 * Revokes a key for good, with all keys that were created with it. The records stay, so that the audit log can still
 * name them. Throws `not_found`, `forbidden`, `precondition_failed`.
 */
export async function revokeApiKey(deps: ApiKeyDeps, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx, keys, users } = deps;
  const { organizationId, userId } = ctx.actor;
  const revoked = await retryStale(ctx, `key ${id}`, async () => {
    const before = await loadApiKey(deps, id);
    checkVersion(expected, before.apiKey.version);
    const owner = await users.find(organizationId, before.apiKey.userId);
    if (owner !== undefined && owner.user.id !== userId) requireOperatorFor(ctx, owner);
    return saveRevoked(deps, before);
  });
  // From here on no descendant is valid: the use of a key reads the keys that it was created with. The writes below
  // remove the descendants from lists and from the counts of keys.
  const family = await keys.listWithRoot(organizationId, revoked.rootKeyId ?? id);
  for (const { apiKey } of descendantsOf(id, family)) {
    await retryStale(ctx, `key ${apiKey.id}`, async () => {
      const before = await keys.find(organizationId, apiKey.id);
      if (before !== undefined && before.revokedAt === null) await saveRevoked(deps, before, id);
    });
  }
}

/** `ancestor` is the revoked key that this key was created with, directly or not. */
async function saveRevoked({ ctx, keys }: ApiKeyDeps, before: ApiKeyRecord, ancestor?: string): Promise<ApiKeyRecord> {
  const { id, userId, version } = before.apiKey;
  const record = { ...before, apiKey: { ...before.apiKey, version: version + 1 }, revokedAt: ctx.now() };
  const details = { userId, ...(ancestor === undefined ? {} : { createdWith: ancestor }) };
  await keys.save({ record, before, audit: [auditOf(ctx, 'api_key.revoked', id, details)] });
  return record;
}
