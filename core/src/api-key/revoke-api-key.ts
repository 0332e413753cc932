import { auditOf, checkVersion, type ExpectedVersions, requireOperatorFor, retryStale } from '../kernel/index.ts';
import type { ApiKeyDeps } from './deps.ts';
import { loadApiKey } from './load-api-key.ts';

/**
 * Revokes a key for good. Its record stays, so that the audit log can still name it. Throws `not_found`, `forbidden`,
 * `precondition_failed`.
 */
export async function revokeApiKey(deps: ApiKeyDeps, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx, keys, users } = deps;
  await retryStale(ctx, `key ${id}`, async () => {
    const before = await loadApiKey(deps, id);
    checkVersion(expected, before.apiKey.version);
    const owner = await users.find(ctx.actor.organizationId, before.apiKey.userId);
    if (owner !== undefined && owner.user.id !== ctx.actor.userId) requireOperatorFor(ctx, owner);
    const apiKey = { ...before.apiKey, version: before.apiKey.version + 1 };
    const audit = [auditOf(ctx, 'api_key.revoked', id, { userId: apiKey.userId })];
    await keys.save({ record: { ...before, apiKey, revokedAt: ctx.now() }, before, audit });
  });
}
