import { auditOf, checkVersion, type ExpectedVersions, retryStale, sparesOperator } from '../kernel/index.ts';
import { type ApiKeyVerb, loadApiKey } from './verb.ts';

/** Ends a key for good. Its record stays, so that what it did keeps a name. Throws `not_found`, `precondition_failed`. */
export async function revokeApiKey(verb: ApiKeyVerb, id: string, expected: ExpectedVersions): Promise<void> {
  const { ctx, keys, users } = verb;
  await retryStale(ctx, `key ${id}`, async () => {
    const before = await loadApiKey(verb, id);
    checkVersion(expected, before.apiKey.version);
    const owner = await users.find(ctx.actor.organizationId, before.apiKey.userId);
    if (owner !== undefined && owner.user.id !== ctx.actor.userId) sparesOperator(ctx, owner);
    const apiKey = { ...before.apiKey, version: before.apiKey.version + 1 };
    const audit = [auditOf(ctx, 'api_key.revoked', id, { userId: apiKey.userId })];
    await keys.save({ record: { ...before, apiKey, revokedAt: ctx.now() }, before, audit });
  });
}
