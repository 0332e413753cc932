import { notFound, type Page } from '../kernel/index.ts';
import type { UserQuery } from './ports.ts';
import type { User, UserRecord } from './user.ts';
import { loadUser, type UserVerb } from './verb.ts';

/** Throws `not_found`. */
export function readUser(verb: UserVerb, id: string): Promise<UserRecord> {
  return loadUser(verb, id);
}

export function listUsers({ ctx, users }: UserVerb, query: UserQuery): Promise<Page<User>> {
  return users.list(ctx.actor.organizationId, query);
}

/** The caller. Throws `not_found` when the account was removed meanwhile. */
export async function readMe(verb: UserVerb): Promise<UserRecord> {
  const found = await verb.users.find(verb.ctx.actor.organizationId, verb.ctx.actor.userId);
  if (found === undefined || found.deletedAt !== null) throw notFound('user', verb.ctx.actor.userId);
  return found;
}
