import {
  type Actor,
  auditOf,
  CurlewError,
  forbidden,
  invalid,
  isInScope,
  type Right,
  receiptOf,
  requireAccess,
  toUtc,
} from '../kernel/index.ts';
import type { UserRecord } from '../user/index.ts';
import { type ApiKey, type ApiKeyRecord, type IssuedApiKey, type NewApiKey, rightsIn } from './api-key.ts';
import type { ApiKeyDeps } from './deps.ts';
import { findLineage, LONGEST_LINEAGE } from './key-lineage.ts';

/**
 * Creates a key that acts for its user within its scopes. The key never has more rights than its creator: see
 * `findKeyActor`. Throws `invalid_request` if the user does not exist or is not active, or if the expiry has passed, and
 * `forbidden`, `too_many_api_keys`, `unauthenticated`.
 */
export async function createApiKey(deps: ApiKeyDeps, input: NewApiKey): Promise<IssuedApiKey> {
  const { ctx, keys, secrets } = deps;
  const { actor } = ctx;
  requireAccess(ctx, 'api-keys:manage');
  const { organizationId, userId: createdById } = actor;
  const scopes = rightsIn(input.scopes);
  const missing = scopes.find((right) => !isInScope(actor, right));
  if (missing !== undefined) throw forbidden(actor, missing);
  const userId = input.userId ?? createdById;
  if (userId !== createdById) requireAccess(ctx, 'api-keys:manage', 'all');
  const owner = await loadOwner(deps, userId);
  const operatorScope = scopes.find((right) => right.startsWith('organizations:'));
  if (owner.operator) checkOperator(actor, userId, operatorScope);
  const now = ctx.now();
  const asked = input.expiresAt == null ? null : toUtc(input.expiresAt);
  // A key that was created with another key expires with it at the latest.
  const { keyExpiresAt } = actor;
  const expiresAt = keyExpiresAt !== undefined && (asked === null || asked > keyExpiresAt) ? keyExpiresAt : asked;
  if (expiresAt !== null && expiresAt <= ctx.wallNow()) {
    throw invalid([{ pointer: '/expiresAt', code: 'too_early', message: 'Must be in the future.' }]);
  }
  const parent = await loadParent(deps);
  const id = ctx.newId('key');
  const { text, start } = secrets.make(organizationId, id);
  const origin = { createdAt: now, createdById, createdByKeyId: parent?.apiKey.id ?? null };
  const times = { expiresAt, lastUsedAt: null };
  const apiKey: ApiKey = { id, name: input.name, userId, scopes, start, ...origin, ...times, version: 1 };
  const record: ApiKeyRecord = {
    organizationId,
    apiKey,
    digest: secrets.digest(text),
    revokedAt: null,
    operator: owner.operator && actor.operator === true && operatorScope !== undefined,
    createdByRole: actor.role,
    rootKeyId: parent === undefined ? null : (parent.rootKeyId ?? parent.apiKey.id),
    signedIn: actor.signedIn ?? false,
  };
  const issued = { record, text };
  const audit = [auditOf(ctx, 'api_key.created', id, { userId, scopes: scopes.join(' ') })];
  const session = actor.sessionId === undefined ? {} : { sessionId: actor.sessionId };
  const change = { record, ...session, audit, ...receiptOf(ctx, issued) };
  // The store counts the user's keys in its transaction. The mutex keeps transactions of one process from conflicting.
  await ctx.runExclusive(`${organizationId} keys of ${userId}`, () => keys.save(change));
  return issued;
}

async function loadOwner({ ctx, users }: ApiKeyDeps, userId: string): Promise<UserRecord> {
  const found = await users.find(ctx.actor.organizationId, userId);
  if (found === undefined || found.deletedAt !== null || !found.user.active) {
    throw invalid([{ pointer: '/userId', code: 'unknown_user', message: `There is no active user ${userId}.` }]);
  }
  return found;
}

/**
 * Requires that the caller may create a key of an operator: only this operator may, because another user could change
 * the operator's account with the key. A caller who acts for the operator without operator rights, such as with a token of an external
 * issuer, cannot get these rights by a key.
 */
function checkOperator(actor: Actor, userId: string, operatorScope: Right | undefined): void {
  if (userId !== actor.userId) throw forbidden(actor, 'organizations:manage');
  if (operatorScope === undefined || actor.operator) return;
  const message = `Only an operator can create a key with the scope ${operatorScope} for an operator; name other scopes.`;
  throw new CurlewError('forbidden', message, { details: { right: operatorScope } });
}

/** The key of the request, with which the new key is created; undefined for a request without a key. */
async function loadParent(deps: ApiKeyDeps): Promise<ApiKeyRecord | undefined> {
  const { organizationId, keyId } = deps.ctx.actor;
  if (keyId === undefined) return undefined;
  const parent = await deps.keys.find(organizationId, keyId);
  if (parent === undefined || parent.revokedAt !== null) {
    throw new CurlewError('unauthenticated', 'The API key of this request was revoked.');
  }
  const lineage = await findLineage(deps, parent);
  if (lineage === undefined || lineage.length >= LONGEST_LINEAGE) {
    const message = `At most ${LONGEST_LINEAGE} API keys can be created one with the other; sign in, or use an earlier key.`;
    throw new CurlewError('forbidden', message, { details: { right: 'api-keys:manage' } });
  }
  return parent;
}
