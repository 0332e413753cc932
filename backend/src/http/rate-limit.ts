import { type Actor, networksOf } from '@curlew/core/kernel';
import { refusal } from './problem.ts';

/** The maximum number of requests per minute. */
export interface RateLimits {
  /** Of a user without a key, and of a customer with or without keys. */
  readonly person: { readonly reads: number; readonly writes: number };
  /** Of all API keys of an agent or admin together. */
  readonly key: { readonly reads: number; readonly writes: number };
  /** Sign-in attempts from one network, or with one credential that shall set a password. */
  readonly signIn: number;
}

export const RATE_LIMITS: RateLimits = {
  person: { reads: 600, writes: 300 },
  key: { reads: 6000, writes: 3000 },
  signIn: 10,
};

const WINDOW_SECONDS = 60;
/** How often the limit of a network fits into the limit of itself, its /56 and its /48. */
const SIGN_INS_OF_WIDER_NETWORKS = [1, 3, 10];

/** Counts requests in windows. */
export interface RequestCounts {
  /**
   * Adds 1 to the count of this name in the window that ends at `windowEnd` (epoch seconds), and returns the new
   * count. Counts may be deleted after the window has ended.
   */
  add(name: string, windowEnd: number): Promise<number>;
}

export interface RateLimiter {
  /** Counts a request of the caller. Returns headers for the response; throws `rate_limited`. */
  request(actor: Actor, method: string): Promise<Headers>;
  /**
   * Counts an attempt at a password by its network and wider networks and, if given, by the caller's credential. There is
   * no limit per account: any caller could use it up. Throws `rate_limited`.
   */
  signIn(address: string, credential: string | undefined): Promise<Headers>;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Limits the requests of each caller per minute, across all processes that share the counts. The headers follow
 * draft-ietf-httpapi-ratelimit-headers-10. `now` is epoch milliseconds.
 */
export function rateLimiter(counts: RequestCounts, limits: RateLimits, now: () => number): RateLimiter {
  async function count(policy: string, name: string, most: number): Promise<Headers> {
    const seconds = now() / 1000;
    const windowEnd = (Math.floor(seconds / WINDOW_SECONDS) + 1) * WINDOW_SECONDS;
    const used = await counts.add(`${policy} ${name}`, windowEnd);
    const left = Math.max(1, Math.ceil(windowEnd - seconds));
    const headers = {
      'ratelimit-policy': `"${policy}";q=${most};w=${WINDOW_SECONDS}`,
      ratelimit: `"${policy}";r=${Math.max(0, most - used)};t=${left}`,
    };
    if (used <= most) return headers;
    throw refusal('rate_limited', `The limit of ${most} ${policy} per minute is used up; wait ${left} seconds.`, {
      headers: { ...headers, 'retry-after': String(left) },
    });
  }

  return {
    request({ organizationId, userId, role, keyId }, method) {
      const policy = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'reads' : 'writes';
      // A caller can create many API keys, so all keys of a user share one count. A customer's keys share the count of
      // the person: a customer has no need for a program that sends more requests than a person.
      const isProgram = keyId !== undefined && role !== 'customer';
      const most = (isProgram ? limits.key : limits.person)[policy];
      return count(policy, `${isProgram ? 'by key ' : ''}${organizationId} ${userId}`, most);
    },

    async signIn(address, credential) {
      // Attempts that one limit rejects do not count against the next one.
      const answers: Headers[] = [];
      for (const [width, network] of networksOf(address).entries()) {
        const most = limits.signIn * (SIGN_INS_OF_WIDER_NETWORKS[width] ?? 1);
        answers.push(await count('sign-ins', `from ${network}`, most));
      }
      if (credential !== undefined) await count('sign-ins', `with ${credential}`, limits.signIn);
      return answers[0] ?? {};
    },
  };
}

/** Counts in the memory of this process. */
export function countsInMemory(): RequestCounts {
  let counted = new Map<string, number>();
  let end = 0;
  return {
    async add(name, windowEnd) {
      if (windowEnd !== end) {
        end = windowEnd;
        counted = new Map();
      }
      const count = (counted.get(name) ?? 0) + 1;
      counted.set(name, count);
      return count;
    },
  };
}
