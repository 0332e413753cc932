import {
  type Actor,
  applyPatch,
  CurlewError,
  checkVersion,
  type ExpectedVersions,
  receiptOf,
  requireAccess,
  requireAllRights,
  requireOperatorFor,
  retryStale,
} from '../kernel/index.ts';
import type { UserDeps } from './deps.ts';
import { loadDecider, loadUser } from './load-user.ts';
import { saveUser } from './save-user.ts';
import { EDITABLE, type User, UserFields, type UserRecord } from './user.ts';

/**
 * PATCH: JSON Merge Patch, RFC 7396. Throws `invalid_request`, `read_only`, `precondition_failed`, `email_taken`,
 * `forbidden`, `own_account`.
 */
export async function patchUser(
  deps: UserDeps,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<UserRecord> {
  const { ctx, users } = deps;
  return retryStale(ctx, `user ${id}`, async () => {
    const before = await loadUser(deps, id, 'users:write');
    checkVersion(expected, before.user.version);
    const parsed = applyPatch(UserFields, { current: before.user, fields: EDITABLE }, patch);
    const fields = { ...parsed, email: parsed.email ?? null };
    const changed = EDITABLE.filter((field) => fields[field] !== before.user[field]);
    if (changed.length === 0) {
      if (ctx.receiptFor !== undefined) {
        await users.save({ record: before, before, ...receiptOf(ctx, before) });
      }
      return before;
    }
    // With the operator's address anyone could take over the account, so a caller who acts for the operator without
    // operator rights (a token of an issuer, a limited API key) cannot change it.
    if (before.user.id !== ctx.actor.userId || changed.includes('email')) requireOperatorFor(ctx, before);
    checkRights(ctx.actor, before.user, changed);
    if (fields.role === 'admin' && changed.some((field) => field !== 'name')) requireAllRights(ctx);
    if (before.operator && changed.includes('email') && fields.email === null) {
      throw new CurlewError('own_account', 'The operator needs an e-mail address to sign in.');
    }
    const isRank = changed.includes('role') || changed.includes('active');
    const decider = isRank ? await loadDecider(deps) : undefined;
    const user = { ...before.user, ...fields, updatedAt: ctx.now(), version: before.user.version + 1 };
    return saveUser(deps, before, user, 'user.updated', changed, decider);
  });
}

/**
 * Users may change their own name. Agents may also change the name and address of customers. All other changes need an
 * admin.
 */
function checkRights(actor: Actor, { id, role }: User, changed: readonly (typeof EDITABLE)[number][]): void {
  const isOwn = id === actor.userId;
  const isRank = changed.includes('role') || changed.includes('active');
  const isProfile = isOwn ? changed.every((field) => field === 'name') : role === 'customer' && !isRank;
  if (!isProfile) requireAccess({ actor }, 'users:manage', 'all');
  // This keeps the last admin of an organization from removing their own rights by accident.
  if (isOwn && isRank)
    throw new CurlewError('own_account', 'You cannot change the role of your own account, or deactivate it.');
}
