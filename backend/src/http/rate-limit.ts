import { refusal } from './problem.ts';

/** How many requests a caller may make in how many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/**
 * Counts requests per caller in fixed windows. Returns the headers for the answer (RateLimit header fields for HTTP,
 * draft-ietf-httpapi-ratelimit-headers-10); throws `rate_limited` when the caller's share is used up.
 */
export function rateLimiter({ requests, windowSeconds }: RateLimit, now: () => number) {
  let windowEnds = 0;
  let used = new Map<string, number>();
  const policy = `"default";q=${requests};w=${windowSeconds}`;
  return (caller: string): Readonly<Record<string, string>> => {
    const time = now();
    if (time >= windowEnds) {
      windowEnds = time + windowSeconds * 1000;
      used = new Map();
    }
    const count = (used.get(caller) ?? 0) + 1;
    used.set(caller, count);
    const seconds = Math.max(1, Math.ceil((windowEnds - time) / 1000));
    const headers = {
      'ratelimit-policy': policy,
      ratelimit: `"default";r=${Math.max(0, requests - count)};t=${seconds}`,
    };
    if (count <= requests) return headers;
    throw refusal('rate_limited', `You may make ${requests} requests in ${windowSeconds} seconds; wait a little.`, {
      headers: { ...headers, 'retry-after': String(seconds) },
    });
  };
}
