import { hash } from 'node:crypto';
import { type Actor, CurlewError } from '@curlew/core/kernel';
import type { Platform } from './app.ts';

/** A kind of credential with which a caller proves their identity. */
export interface Proof {
  /** Whether the text looks like a credential of this kind. The credential itself is not checked. */
  isFor(text: string): boolean;
  /** The actor of a valid credential; undefined if it is invalid, expired or revoked. The caller does not learn the reason. */
  actorOf(text: string): Promise<ProvenActor | undefined>;
}

interface ProvenActor {
  readonly actor: Actor;
  /** Epoch milliseconds; absent if the credential does not expire. */
  readonly expiresAt?: number;
}

interface CachedActor extends ProvenActor {
  /** Epoch milliseconds. */
  readonly cachedUntil: number;
}

export interface Authentication {
  readonly authenticate: Platform['authenticate'];
  /** Clears the cache of verified credentials. Call it after a change of users, keys or sessions. */
  forget(): void;
}

// A role, key or account that another process removed stays usable here for at most this time.
const CACHE_MILLISECONDS = 60_000;
const MAX_CACHED = 10_000;

// Public routes run as this anonymous actor.
const ANONYMOUS: Actor = { organizationId: '', userId: '', role: 'customer' };

/**
 * Authenticates callers by `Authorization: Bearer …` or `x-api-key`. Verified tokens and keys are cached for a minute.
 * Throws `unauthenticated`. `now` is epoch milliseconds.
 */
export function authentication(proofs: readonly Proof[], now: () => number): Authentication {
  let cache = new Map<string, CachedActor>();

  async function prove(text: string): Promise<Actor> {
    const digest = hash('sha256', text);
    const cached = cache.get(digest);
    if (cached !== undefined && isFresh(cached, now())) return cached.actor;
    const before = cache;
    const proven = await proofs.find((proof) => proof.isFor(text))?.actorOf(text);
    if (proven === undefined)
      throw unauthenticated(
        'The access token or API key is invalid, expired or revoked; send a valid one.',
        'invalid_token',
      );
    if (cache.size >= MAX_CACHED) cache = new Map();
    // If the cache was cleared during the lookup, the result may be out of date, so it is not cached.
    if (cache === before) cache.set(digest, { ...proven, cachedUntil: now() + CACHE_MILLISECONDS });
    return proven.actor;
  }

  return {
    authenticate(header, open) {
      if (open) return ANONYMOUS;
      const given = credentialOf(header);
      if (given === undefined)
        throw unauthenticated(
          'This request needs an access token or API key in the Authorization header, or an API key in x-api-key.',
        );
      return prove(given);
    },
    forget() {
      cache = new Map();
    },
  };
}

/** If the clock was set back, a cached credential would be accepted without a lookup until the old time is reached. */
function isFresh({ cachedUntil, expiresAt }: CachedActor, now: number): boolean {
  const left = cachedUntil - now;
  return left > 0 && left <= CACHE_MILLISECONDS && (expiresAt === undefined || now < expiresAt);
}

function credentialOf(header: (name: string) => string | undefined): string | undefined {
  const authorization = header('authorization');
  if (authorization === undefined) return header('x-api-key')?.trim();
  const [, scheme, text] = /^\s*(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return text;
  throw unauthenticated('The Authorization header must be "Bearer" and an access token or API key.', 'invalid_request');
}

/** RFC 6750, section 3: the challenge names the error in the credential, if the caller sent one. */
function unauthenticated(message: string, error?: string): CurlewError {
  const challenge = error === undefined ? 'Bearer realm="Curlew"' : `Bearer realm="Curlew", error="${error}"`;
  return new CurlewError('unauthenticated', message, { details: { headers: { 'www-authenticate': challenge } } });
}
