import { UserId } from '@curlew/core/kernel';
import { User, UserRole } from '@curlew/core/user';
import type { userRoutes } from '../../http/users.ts';
import { UserAnswer } from '../../http/users.ts';
import { admin, agent, customer, IDS } from './example-data.ts';
import { get, patch, post, remove } from './test-request.ts';
import { type OperationTexts, type SchemaName, textOf, textsOf } from './text-types.ts';

export const usersOperations = {
  createUser: {
    summary: 'Create a user',
    description:
      'Send your own id, or let the server create one. An id cannot be used again, even after its user was deleted.',
    successes: ['The user.'],
    examples: {
      bodies: {
        'An agent with a given id': { id: IDS.agent, name: agent.name, email: agent.email, role: 'agent' },
        'With another name of the id': { user_id: '01', name: 'Joy' },
      },
      answers: { 201: { 'A new agent': agent } },
    },
    access: ['users:write', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => post('/v1/users', { name: 'New' }) },
  },
  listUsers: {
    summary: 'List users',
    query: {
      email: 'The address; upper and lower case are equal.',
      role: 'Only users with this role.',
    },
    successes: ['A page of users.'],
    examples: {
      query: { limit: 50, sort: 'createdAt', email: 'ana@example.com', role: 'agent' },
      answers: { 200: { 'A page of users': [customer, agent] } },
    },
    access: ['users:read', 'none', 'own', 'all', 'all', 'all'],
    request: { send: () => get('/v1/users') },
  },
  getUser: {
    summary: 'Read a user',
    successes: ['The user.'],
    examples: { answers: { 200: { 'An agent': agent } } },
    access: ['users:read', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => get(`/v1/users/${user}`) },
  },
  patchUser: {
    summary: 'Change parts of a user',
    description: 'The body is a JSON Merge Patch (RFC 7396): null removes the address.',
    successes: ['The user after the change.', 'Changed; the answer to `Prefer: return=minimal`.'],
    examples: {
      bodies: { 'Set a name': { name: customer.name }, 'Remove the address': { email: null } },
      answers: { 200: { 'The user': customer } },
    },
    access: ['users:write', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => patch(`/v1/users/${user}`, { name: 'New' }) },
  },
  deleteUser: {
    summary: 'Delete a user',
    description:
      'Permanent: the name and the address are deleted. If an answer is stored for repeated requests, they are deleted from it within 24 hours. Tickets keep the id, and no other user can get it.',
    successes: ['Deleted.'],
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}`), also: 'own_account' },
  },
  getMe: {
    summary: 'Read the caller',
    successes: ['The user that sent the request.'],
    examples: { answers: { 200: { 'In open mode': admin } } },
    access: ['users:read', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => get('/v1/me') },
  },
} as const satisfies OperationTexts<typeof userRoutes>;

export const usersSchemas = [
  textOf(UserId, 'Letters, digits and . _ : @ | + ~ = -, at most 128 characters.'),
  textsOf(User, {
    email: 'Unique in the organization; upper and lower case are equal.',
    active: 'Whether the user may sign in and send requests. An inactive user still shows on tickets and messages.',
  }),
  textsOf(UserAnswer, { user_id: 'The same value as `id`.' }),
];

export const usersNames: readonly SchemaName[] = [
  [UserAnswer, 'User', 'A user. `user_id` repeats the id for clients that expect this name.'],
  [UserRole, 'UserRole'],
];

export const usersBodies = {
  NewUser: 'By default the server creates the id, the name is the address or else the id, and the role is customer.',
};
