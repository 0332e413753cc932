import { admit, isStaff, type Page } from '../kernel/index.ts';
import type { UserQuery } from './ports.ts';
import { sameAddress, type User, type UserRecord } from './user.ts';
import { loadUser, type UserVerb } from './verb.ts';

/** Throws `not_found`. */
export function readUser(verb: UserVerb, id: string): Promise<UserRecord> {
  return loadUser(verb, id);
}

/** Customers get themselves, if what they ask for fits. */
export async function listUsers(verb: UserVerb, query: UserQuery): Promise<Page<User>> {
  const { ctx, users } = verb;
  admit(ctx);
  if (isStaff(ctx.actor)) return users.list(ctx.actor.organizationId, query);
  const { user } = await readMe(verb);
  const isAsked =
    query.after === undefined &&
    (query.role ?? user.role) === user.role &&
    (query.email === undefined || (user.email !== null && sameAddress(query.email) === sameAddress(user.email)));
  return { items: isAsked ? [user] : [] };
}

/** The caller. Throws `not_found` when the account was removed meanwhile. */
export function readMe(verb: UserVerb): Promise<UserRecord> {
  return loadUser(verb, verb.ctx.actor.userId);
}
