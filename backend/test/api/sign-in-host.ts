import { scryptPasswords } from '../../src/adapters/scrypt/index.ts';
import { keysInMemory, type SignInSetup } from '../../src/hosts/local/sign-in.ts';
import type { RateLimits } from '../../src/http/rate-limit.ts';
import type { ApiHost } from './host.ts';
import { post } from './host.ts';
import { localHost } from './local-host.ts';

export const ADMIN = { email: 'admin@example.com', password: 'seven grey herons' } as const;

// The header of a proxy, for hosts behind one.
const HERE = { 'x-forwarded-for': '192.0.2.1' };

// A low cost, because the tests sign in hundreds of times.
const CHEAP = { logN: 4, r: 8, p: 1 };

export interface SignInHost extends ApiHost {
  readonly url: string;
  /** Lets time pass. */
  wait(seconds: number): void;
  /** Signs a user in and returns the headers for requests. */
  as(email: string, password: string, organization?: string): Promise<Record<string, string>>;
}

/** The local host with sign-in for `ADMIN`, and a clock that only `wait` moves. */
export async function signInHost({
  proxies = 0,
  limits,
  ...more
}: Pick<SignInSetup, 'issuer'> & { proxies?: number; limits?: RateLimits } = {}): Promise<SignInHost> {
  let now = Date.now();
  const host = await localHost({
    auth: { url: undefined, keys: await keysInMemory(), admin: ADMIN, passwords: scryptPasswords(CHEAP), ...more },
    clock: { milliseconds: () => now, iso: () => new Date(now).toISOString() },
    proxies,
    ...(limits === undefined ? {} : { limits }),
  });
  return {
    ...host,
    wait(seconds) {
      now += seconds * 1000;
    },
    async as(email, password, organization) {
      const named = organization === undefined ? {} : { organization };
      const { body, text } = await host.send(post('/v1/auth/sessions', { email, password, ...named }, HERE));
      if (body.accessToken === undefined) throw new Error(text);
      return { authorization: `Bearer ${body.accessToken}` };
    },
  };
}
