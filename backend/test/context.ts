import type { Context } from '@curlew/core/kernel';
import { orderClock, wallClock } from '../src/hosts/clocks.ts';
import { idGenerator } from '../src/hosts/ids.ts';

export const clock = orderClock();
export const newId = idGenerator(clock);

/** A context for an admin of the organization, with the same functions as in a host. */
export function contextOf(organizationId = 'org_a', userId = 'usr_admin'): Context {
  return {
    actor: { organizationId, userId, role: 'admin' },
    requestId: 'req_test',
    now: clock.iso,
    wallNow: wallClock.iso,
    newId,
    // No mutex, so that the store alone must resolve conflicts between writers.
    runExclusive: (_, work) => work(),
    pause: async () => {},
  };
}
