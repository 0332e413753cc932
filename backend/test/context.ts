import type { Context } from '@curlew/core/kernel';
import { orderClock } from '../src/hosts/clocks.ts';
import { idGenerator } from '../src/hosts/ids.ts';

export const clock = orderClock();
export const newId = idGenerator(clock);

/** A context as a host makes it, for an admin of the organization. */
export function contextOf(organizationId = 'org_a', userId = 'usr_admin'): Context {
  return {
    actor: { organizationId, userId, role: 'admin' },
    requestId: 'req_test',
    now: clock.iso,
    newId,
    // Without a mutex the store alone decides between writers.
    runExclusive: (_, work) => work(),
    pause: async () => {},
  };
}
