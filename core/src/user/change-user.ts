import {
  type Actor,
  CurlewError,
  checkVersion,
  demand,
  type ExpectedVersions,
  patched,
  receiptOf,
  retryStale,
  sparesOperator,
} from '../kernel/index.ts';
import { type User, UserFields, type UserRecord } from './user.ts';
import { loadDecider, loadUser, saveUser, type UserVerb } from './verb.ts';

const EDITABLE = ['name', 'email', 'role', 'active'] as const;

/**
 * PATCH: JSON Merge Patch, RFC 7396. Throws `invalid_request`, `read_only`, `precondition_failed`, `email_taken`,
 * `forbidden`, `own_account`.
 */
export async function patchUser(
  verb: UserVerb,
  id: string,
  patch: unknown,
  expected: ExpectedVersions,
): Promise<UserRecord> {
  const { ctx, users } = verb;
  return retryStale(ctx, `user ${id}`, async () => {
    const before = await loadUser(verb, id);
    checkVersion(expected, before.user.version);
    const parsed = patched(UserFields, { current: before.user, fields: EDITABLE }, patch);
    const fields = { ...parsed, email: parsed.email ?? null };
    const changed = EDITABLE.filter((field) => fields[field] !== before.user[field]);
    if (changed.length === 0) {
      if (ctx.receiptFor !== undefined) {
        await users.save({ record: before, before, ...receiptOf(ctx, before) });
      }
      return before;
    }
    if (before.user.id !== ctx.actor.userId) sparesOperator(ctx, before);
    checkRights(ctx.actor, before.user, changed);
    if (before.operator && changed.includes('email') && fields.email === null) {
      throw new CurlewError('own_account', 'The operator needs the address to sign in with.');
    }
    const isRank = changed.includes('role') || changed.includes('active');
    const decider = isRank ? await loadDecider(verb) : undefined;
    const user = { ...before.user, ...fields, updatedAt: ctx.now(), version: before.user.version + 1 };
    return saveUser(verb, before, user, 'user.updated', changed, decider);
  });
}

/** Everybody may change their own name, agents what customers are called and how they are reached, admins the rest. */
function checkRights(actor: Actor, { id, role }: User, changed: readonly (typeof EDITABLE)[number][]): void {
  const isOwn = id === actor.userId;
  const isRank = changed.includes('role') || changed.includes('active');
  const isProfile = isOwn ? changed.every((field) => field === 'name') : role === 'customer' && !isRank;
  if (!isProfile) demand(actor, 'users:manage', 'admin');
  // So that an organization never loses its last admin by accident.
  if (isOwn && isRank)
    throw new CurlewError('own_account', 'You cannot change the role of your own account, or deactivate it.');
}
