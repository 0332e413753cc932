import type { People } from '@curlew/core/ticket';
import { assignee, author, meetReporter, readUser, type UserStore } from '@curlew/core/user';

/** Lets the ticket service meet people through the user service. */
export function peopleOf(users: UserStore): People {
  return {
    reporter: (ctx, id, email) => meetReporter({ ctx, users }, id, email),
    assignee: (ctx, id) => assignee({ ctx, users }, id),
    author: (ctx, id) => author({ ctx, users }, id),
    account: async (ctx, id) => (await readUser({ ctx, users }, id)).user,
  };
}
