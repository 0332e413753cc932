import type { People } from '@curlew/core/ticket';
import { meetById, meetReporter, type UserStore } from '@curlew/core/user';

/** Lets the ticket service meet people through the user service. */
export function peopleOf(users: UserStore): People {
  return {
    reporter: (ctx, id, email) => meetReporter({ ctx, users }, id, email),
    async assignee(ctx, id) {
      await meetById({ ctx, users }, id, 'agent');
    },
    async author(ctx, id) {
      const { user } = await meetById({ ctx, users }, id, 'customer');
      return { id: user.id, role: user.role };
    },
  };
}
