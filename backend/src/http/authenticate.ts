import { hash } from 'node:crypto';
import { type Actor, CurlewError } from '@curlew/core/kernel';
import type { Platform } from './app.ts';

/** One way to prove who asks. */
export interface Proof {
  /** Whether the text looks like one of this kind, without checking it. */
  isFor(text: string): boolean;
  /** Who it proves; undefined for one that proves nothing (any more), and nobody is told why. */
  actorOf(text: string): Promise<ProvenActor | undefined>;
}

export interface ProvenActor {
  readonly actor: Actor;
  /** Epoch milliseconds; absent for what does not expire by itself. */
  readonly expiresAt?: number;
}

export interface Authentication {
  readonly authenticate: Platform['authenticate'];
  /** Forgets what it has looked up: somebody's rights have changed. */
  forget(): void;
}

// How long a role, a key or an account that another process took away may still be used.
const KEPT_MILLISECONDS = 60_000;
const MOST_KEPT = 10_000;

// What is the same for all is answered for nobody in particular.
const ANONYMOUS: Actor = { organizationId: '', userId: '', role: 'customer' };

/**
 * Asks every caller who they are: `Authorization: Bearer …`, or `x-api-key`. Verified tokens and keys are remembered
 * for a minute. Throws `unauthenticated`. `now` is epoch milliseconds.
 */
export function authentication(proofs: readonly Proof[], now: () => number): Authentication {
  let known = new Map<string, ProvenActor & { readonly keptUntil: number }>();

  async function prove(text: string): Promise<Actor> {
    const digest = hash('sha256', text);
    const kept = known.get(digest);
    if (kept !== undefined && now() < Math.min(kept.keptUntil, kept.expiresAt ?? Number.POSITIVE_INFINITY)) {
      return kept.actor;
    }
    const before = known;
    const proven = await proofs.find((proof) => proof.isFor(text))?.actorOf(text);
    if (proven === undefined) throw unauthenticated('The token or key is not valid, or not any more.', 'invalid_token');
    if (known.size >= MOST_KEPT) known = new Map();
    // What was looked up before somebody's rights changed is not kept after it.
    if (known === before) known.set(digest, { ...proven, keptUntil: now() + KEPT_MILLISECONDS });
    return proven.actor;
  }

  return {
    authenticate(header, open) {
      if (open) return ANONYMOUS;
      const given = credentialOf(header);
      if (given === undefined) throw unauthenticated('Sign in, and send an Authorization header, or an x-api-key.');
      return prove(given);
    },
    forget() {
      known = new Map();
    },
  };
}

function credentialOf(header: (name: string) => string | undefined): string | undefined {
  const authorization = header('authorization');
  if (authorization === undefined) return header('x-api-key')?.trim();
  const [, scheme, text] = /^\s*(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return text;
  throw unauthenticated('The Authorization header must be "Bearer" and an access token or API key.', 'invalid_request');
}

/** RFC 6750, section 3: the challenge says what was wrong with what was sent, if anything was. */
function unauthenticated(message: string, error?: string): CurlewError {
  const challenge = error === undefined ? 'Bearer realm="Curlew"' : `Bearer realm="Curlew", error="${error}"`;
  return new CurlewError('unauthenticated', message, { details: { headers: { 'www-authenticate': challenge } } });
}
