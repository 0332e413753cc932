import type { Actor } from '@curlew/core/kernel';
import { refusal } from './problem.ts';

/** Limits how many requests of one user, and of one organization, the server holds at the same time. */
export interface InFlight {
  /**
   * Counts a request of the caller. Throws `rate_limited`. Call the returned function once, when the response has been
   * sent or the connection is closed.
   */
  start(actor: Actor): () => void;
}

export const IN_FLIGHT = { user: 50, organization: 500 };

/**
 * Counts in the memory of this process. A request takes memory from its first byte until its response is read, and the
 * limits by minute allow thousands of requests that wait for a slow client.
 */
export function inFlight(limits: typeof IN_FLIGHT = IN_FLIGHT): InFlight {
  const counts = new Map<string, number>();
  const add = (name: string, change: number) => {
    const count = (counts.get(name) ?? 0) + change;
    if (count === 0) counts.delete(name);
    else counts.set(name, count);
  };
  return {
    start({ organizationId, userId }) {
      const user = `${organizationId} ${userId}`;
      require(counts.get(user), limits.user, 'of one user');
      require(counts.get(organizationId), limits.organization, 'of one organization');
      add(user, 1);
      add(organizationId, 1);
      return () => {
        add(user, -1);
        add(organizationId, -1);
      };
    },
  };
}

function require(count = 0, most: number, whose: string): void {
  if (count < most) return;
  throw refusal('rate_limited', `At most ${most} requests ${whose} can run at the same time. Wait for some of them.`, {
    headers: { 'retry-after': '1' },
  });
}
