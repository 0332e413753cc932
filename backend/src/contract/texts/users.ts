import { UserId } from '@curlew/core/kernel';
import { User } from '@curlew/core/user';
import type { userRoutes } from '../../http/users.ts';
import { UserAnswer } from '../../http/users.ts';
import { admin, agent, customer, IDS } from './example-data.ts';
import { get, patch, post, remove } from './test-request.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const usersOperations = {
  createUser: {
    summary: 'Create a user',
    description: 'Bring your own id, or get one. An id that was ever taken stays taken.',
    successes: ['The user.'],
    examples: {
      bodies: {
        'An agent with an id of their own': { id: IDS.agent, name: agent.name, email: agent.email, role: 'agent' },
        'In another spelling': { user_id: '01', name: 'Joy' },
      },
      answers: { 201: { 'A new agent': agent } },
    },
    access: ['users:write', 'none', 'none', 'all', 'all', 'all'],
    request: { send: () => post('/v1/users', { name: 'New' }) },
  },
  listUsers: {
    summary: 'List users, or read one by ?id=',
    query: {
      id: 'Answers the one user as an object; takes no other parameter.',
      email: 'The address, whatever its case.',
      role: 'Users with this role only.',
    },
    successes: ['A page of users; with `id` the user.'],
    examples: {
      query: { limit: 50, sort: 'createdAt', id: IDS.agent, email: 'ana@example.com', role: 'agent' },
      answers: { 200: { 'A page of users': [customer, agent], 'With `id`, one user': agent } },
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
    description: 'A JSON Merge Patch (RFC 7396): null removes the address.',
    successes: ['The user as they are now.', 'Changed; with `Prefer: return=minimal`.'],
    examples: {
      bodies: { 'Give a name': { name: customer.name }, 'Forget the address': { email: null } },
      answers: { 200: { 'The user': customer } },
    },
    access: ['users:write', 'none', 'own', 'all', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => patch(`/v1/users/${user}`, { name: 'New' }) },
  },
  deleteUser: {
    summary: 'Delete a user',
    description:
      'For good: name and address are forgotten (within 24 hours, where an answer is kept for repeats). Tickets keep the id, and nobody else can get it.',
    successes: ['Deleted.'],
    access: ['users:manage', 'none', 'none', 'none', 'all', 'all'],
    request: { on: 'user', send: ({ user }) => remove(`/v1/users/${user}`), also: 'own_account' },
  },
  getMe: {
    summary: 'Read the caller',
    successes: ['The user who asks.'],
    examples: { answers: { 200: { 'In open mode': admin } } },
    access: ['users:read', 'none', 'own', 'own', 'own', 'own'],
    request: { send: () => get('/v1/me') },
  },
} as const satisfies OperationTexts<typeof userRoutes>;

export const usersSchemas = [
  textOf(UserId, 'Letters, digits and . _ : @ | + ~ = -, at most 128.'),
  textsOf(User, {
    email: 'Unique in the organization, whatever its case.',
    active: 'Whether they may come in. Who is not stays readable where they stood.',
  }),
  textsOf(UserAnswer, { user_id: 'The id again.' }),
];
