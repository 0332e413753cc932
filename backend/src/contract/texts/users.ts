import { UserId } from '@curlew/core/kernel';
import { User } from '@curlew/core/user';
import type { userRoutes } from '../../http/users.ts';
import { UserAnswer } from '../../http/users.ts';
import { type OperationTexts, textOf, textsOf } from './text-types.ts';

export const usersOperations = {
  createUser: {
    summary: 'Create a user',
    description: 'Bring your own id, or get one. An id that was ever taken stays taken.',
    successes: ['The user.'],
  },
  listUsers: {
    summary: 'List users, or read one by ?id=',
    query: {
      id: 'Answers the one user as an object; takes no other parameter.',
      email: 'The address, whatever its case.',
      role: 'Users with this role only.',
    },
    successes: ['A page of users; with `id` the user.'],
  },
  getUser: {
    summary: 'Read a user',
    successes: ['The user.'],
  },
  patchUser: {
    summary: 'Change parts of a user',
    description: 'A JSON Merge Patch (RFC 7396): null removes the address.',
    successes: ['The user as they are now.', 'Changed; with `Prefer: return=minimal`.'],
  },
  deleteUser: {
    summary: 'Delete a user',
    description:
      'For good: name and address are forgotten (within 24 hours, where an answer is kept for repeats). Tickets keep the id, and nobody else can get it.',
    successes: ['Deleted.'],
  },
  getMe: {
    summary: 'Read the caller',
    successes: ['The user who asks.'],
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
