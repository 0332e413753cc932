import { EmailAddress, isObject, type Page, UserId } from '@curlew/core/kernel';
import {
  createUser,
  deleteUser,
  listUsers,
  NewUser,
  patchUser,
  readMe,
  readUser,
  User,
  type UserDeps,
  UserFields,
  type UserRecord,
  UserRole,
} from '@curlew/core/user';
import * as z from 'zod';
import { routesFor } from './contract.ts';
import { etagOf } from './etag.ts';
import { preferredReply } from './preferred-reply.ts';
import { creationSort, pageParameters, sortedPage } from './query.ts';
import { empty, json, type Reply } from './reply.ts';
import { SPELLINGS } from './spellings.ts';

export type UserPorts = Omit<UserDeps, 'ctx'>;

const route = routesFor<UserPorts>();

export const UserAnswer = User.extend({ user_id: z.string() });

const UserListQuery = z
  .strictObject({
    ...pageParameters,
    sort: creationSort,
    id: UserId.optional(),
    email: z
      .string()
      .max(254)
      .refine((text) => EmailAddress.safeParse(text).success, {
        message: 'Must be an e-mail address. In a query, write + as %2B.',
        params: { code: 'invalid_format' },
      })
      .optional(),
    role: UserRole.optional(),
  })
  .refine((query) => query.id === undefined || Object.keys(query).length === 1, {
    path: ['id'],
    message: 'Must be the only parameter.',
    params: { code: 'alone' },
  });

export const userRoutes = [
  route({
    id: 'createUser',
    right: 'users:write',
    over: 'all',
    changesCallers: true,
    method: 'POST',
    path: '/users',
    body: { schema: NewUser, kind: 'create' },
    spellings: SPELLINGS.user,
    accepts: ['Idempotency-Key'],
    successes: [{ status: 201, schema: UserAnswer }],
    problems: ['user_exists', 'email_taken'],
    run: (deps, { body }) => createUser(deps, body),
    reply: (created, { path }) =>
      userReply(201, created, { location: `${path}/${encodeURIComponent(created.user.id)}` }),
  }),
  route({
    id: 'listUsers',
    right: 'users:read',
    method: 'GET',
    path: '/users',
    query: UserListQuery,
    spellings: SPELLINGS.user,
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: z.array(UserAnswer) }],
    problems: ['invalid_cursor'],
    run: async (deps, call): Promise<UserRecord | Page<User>> => {
      const { id, email, role } = call.query;
      if (id !== undefined) return readUser(deps, id);
      const filters = { ...(email === undefined ? {} : { email }), ...(role === undefined ? {} : { role }) };
      return listUsers(deps, { ...sortedPage(call), ...filters });
    },
    reply: (found, call) =>
      'user' in found ? userReply(200, found) : call.paged({ ...found, items: found.items.map(userAnswer) }),
  }),
  route({
    id: 'getUser',
    right: 'users:read',
    method: 'GET',
    path: '/users/{userId}',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: UserAnswer }],
    problems: ['not_found'],
    run: (deps, { params }) => readUser(deps, params.userId ?? ''),
    reply: (found) => userReply(200, found),
  }),
  route({
    id: 'patchUser',
    right: 'users:write',
    changesCallers: true,
    method: 'PATCH',
    path: '/users/{userId}',
    body: { schema: UserFields, kind: 'merge' },
    spellings: SPELLINGS.user,
    accepts: ['If-Match', 'Idempotency-Key', 'Prefer'],
    successes: [{ status: 200, schema: UserAnswer }, { status: 204 }],
    problems: ['not_found', 'read_only', 'precondition_failed', 'email_taken', 'own_account'],
    run: (deps, { params, body, expected }) =>
      patchUser(deps, params.userId ?? '', withoutEcho(body, params.userId), expected),
    reply: (changed, call) => preferredReply(call, userReply(200, changed)),
  }),
  route({
    id: 'deleteUser',
    right: 'users:manage',
    over: 'all',
    changesCallers: true,
    method: 'DELETE',
    path: '/users/{userId}',
    accepts: ['If-Match'],
    successes: [{ status: 204 }],
    problems: ['not_found', 'precondition_failed', 'own_account'],
    run: (deps, { params, expected }) => deleteUser(deps, params.userId ?? '', expected),
    reply: () => empty(204),
  }),
  route({
    id: 'getMe',
    right: 'users:read',
    over: 'own',
    method: 'GET',
    path: '/me',
    accepts: ['If-None-Match'],
    successes: [{ status: 200, schema: UserAnswer }],
    problems: ['not_found'],
    run: (deps) => readMe(deps),
    reply: (found) => userReply(200, found),
  }),
];

/** Removes an unchanged `user_id`, so that a user from GET can be sent back: it has the id under two names. */
function withoutEcho(body: unknown, id: string | undefined): unknown {
  if (!isObject(body) || body.user_id !== id) return body;
  const { user_id: _, ...rest } = body;
  return rest;
}

/** A user as every response shows it, with the id also as `user_id`. */
export function userAnswer(user: User) {
  return { ...user, user_id: user.id };
}

function userReply(status: number, { user }: UserRecord, headers: Record<string, string> = {}): Reply {
  return json(status, userAnswer(user), { etag: etagOf(user.version), ...headers });
}
