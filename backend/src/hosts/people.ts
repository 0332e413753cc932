import type { People } from '@curlew/core/ticket';
import {
  findOrCreateAuthor,
  findOrCreateReporter,
  readUserForExport,
  requireAssignee,
  type UserStore,
} from '@curlew/core/user';

/** Gives the ticket service access to users through the functions of the user service. */
export function peoplePort(users: UserStore): People {
  return {
    reporter: (ctx, id, email) => findOrCreateReporter({ ctx, users }, id, email),
    assignee: (ctx, id) => requireAssignee({ ctx, users }, id),
    author: (ctx, id) => findOrCreateAuthor({ ctx, users }, id),
    account: async (ctx, id) => (await readUserForExport({ ctx, users }, id)).user,
  };
}
