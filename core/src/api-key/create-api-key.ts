import {
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
import { type ApiKey, type IssuedApiKey, type NewApiKey, rightsIn } from './api-key.ts';
import type { ApiKeyDeps } from './deps.ts';

// The rate limit counts each key on its own, so a user with more keys could send more requests.
const MOST_KEYS = 50;

/**
 * Creates a key that acts for its user within its scopes. The key cannot have more scopes than the caller's own key.
 * Throws `invalid_request` if the user does not exist or is not active, or if the expiry has passed, and `forbidden`,
 * `too_many_api_keys`.
 */
export async function createApiKey(deps: ApiKeyDeps, input: NewApiKey): Promise<IssuedApiKey> {
  const { ctx, keys, secrets } = deps;
  requireAccess(ctx, 'api-keys:manage');
  const { organizationId, userId: createdById } = ctx.actor;
  const scopes = rightsIn(input.scopes);
  const missing = scopes.find((right) => !isInScope(ctx.actor, right));
  if (missing !== undefined) throw forbidden(ctx.actor, missing);
  const userId = input.userId ?? createdById;
  if (userId !== createdById) await checkUser(deps, userId, scopes);
  const now = ctx.now();
  const asked = input.expiresAt == null ? null : toUtc(input.expiresAt);
  // A key that was created with another key expires with it at the latest.
  const { keyExpiresAt } = ctx.actor;
  const expiresAt = keyExpiresAt !== undefined && (asked === null || asked > keyExpiresAt) ? keyExpiresAt : asked;
  if (expiresAt !== null && expiresAt <= now) {
    throw invalid([{ pointer: '/expiresAt', code: 'too_early', message: 'Must be in the future.' }]);
  }
  const { items: live } = await keys.list(organizationId, { userId, limit: MOST_KEYS, sort: '-createdAt' });
  if (live.length === MOST_KEYS) {
    throw new CurlewError('too_many_api_keys', `A user has at most ${MOST_KEYS} API keys; revoke one first.`);
  }
  const id = ctx.newId('key');
  const { text, start } = secrets.make(organizationId, id);
  const times = { createdAt: now, createdById, expiresAt, lastUsedAt: null };
  const apiKey: ApiKey = { id, name: input.name, userId, scopes, start, ...times, version: 1 };
  const record = { organizationId, apiKey, digest: secrets.digest(text), revokedAt: null };
  const issued = { record, text };
  const audit = [auditOf(ctx, 'api_key.created', id, { userId, scopes: scopes.join(' ') })];
  await keys.save({ record, audit, ...receiptOf(ctx, issued) });
  return issued;
}

/** Requires that the caller may create a key with these scopes for another user. */
async function checkUser({ ctx, users }: ApiKeyDeps, userId: string, scopes: readonly Right[]): Promise<void> {
  requireAccess(ctx, 'api-keys:manage', 'all');
  const found = await users.find(ctx.actor.organizationId, userId);
  if (found === undefined || found.deletedAt !== null || !found.user.active) {
    throw invalid([{ pointer: '/userId', code: 'unknown_user', message: `There is no active user ${userId}.` }]);
  }
  // Otherwise an admin could get the operator's rights by creating a key for the operator.
  const operatorsOwn = scopes.find((right) => right.startsWith('organizations:'));
  if (found.operator && !ctx.actor.operator && operatorsOwn !== undefined) throw forbidden(ctx.actor, operatorsOwn);
}
