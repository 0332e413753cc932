import { admit, demand } from '../kernel/index.ts';
import type { NewUser, UserRecord } from './user.ts';
import { saveUser, type UserVerb } from './verb.ts';

/** Agents create customers, admins everybody. Throws `user_exists` when the id was ever taken, `email_taken`, `forbidden`. */
export async function createUser(verb: UserVerb, input: NewUser): Promise<UserRecord> {
  const { ctx } = verb;
  admit(ctx);
  if ((input.role ?? 'customer') !== 'customer' || input.active === false) demand(ctx.actor, 'users:manage', 'admin');
  return addUser(verb, input);
}

/** Creates a user for whoever was let in to do something that needs one. Throws `user_exists`, `email_taken`. */
export function addUser(verb: UserVerb, input: NewUser): Promise<UserRecord> {
  const { ctx } = verb;
  const id = input.id ?? ctx.newId('usr');
  const email = input.email ?? null;
  const now = ctx.now();
  const user = {
    id,
    name: input.name ?? email ?? id,
    email,
    role: input.role ?? ('customer' as const),
    active: input.active ?? true,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return saveUser(verb, undefined, user, 'user.created', []);
}
