import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

export const ALGORITHM = 'ES256';

/** A stored private key. Its `kid` is the thumbprint of the public key (RFC 7638). */
export interface StoredKey {
  /** ISO 8601. */
  readonly createdAt: string;
  readonly jwk: JWK;
}

export interface SigningKey {
  readonly kid: string;
  readonly createdAt: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
}

/** A key verifies tokens for this long after the creation of the next key. */
const REPLACED_KEY_MILLISECONDS = 24 * 60 * 60 * 1000;

export async function newStoredKey(createdAt: string): Promise<StoredKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  return { createdAt, jwk: { kid: await calculateJwkThumbprint(jwk), ...jwk } };
}

/** Parses a stored key. Throws if it is not a complete P-256 private key. */
export function signingKey({ createdAt, jwk }: StoredKey): SigningKey {
  const { kid, kty, crv, x, y } = jwk;
  if (kid === undefined || crv !== 'P-256' || Number.isNaN(Date.parse(createdAt))) {
    throw new Error('A signing key has no kid, no createdAt, or is not on the curve P-256.');
  }
  const privateKey = createPrivateKey({ key: jwk as Record<string, unknown>, format: 'jwk' });
  const publicJwk = { kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' } as JWK;
  return { kid, createdAt, privateKey, publicKey: createPublicKey(privateKey), publicJwk };
}

/** The valid keys at `now` (epoch milliseconds), newest first. The newest key signs, the others only verify. */
export function liveKeys<Key extends { readonly createdAt: string }>(
  keys: readonly Key[],
  now: number,
): readonly Key[] {
  const newestFirst = [...keys].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return newestFirst.filter((_, i) => {
    const next = newestFirst[i - 1];
    return next === undefined || Date.parse(next.createdAt) + REPLACED_KEY_MILLISECONDS > now;
  });
}
