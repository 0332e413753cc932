import { randomUUID } from 'node:crypto';
import type { AccessTokens } from '@curlew/core/session';
import { type JWK, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { issuerOf } from './issuer-of.ts';
import { ALGORITHM, liveKeys, type SigningKey } from './signing-keys.ts';

const AUDIENCE = 'curlew';
// The type from RFC 9068: it distinguishes access tokens from other JWTs.
const TYPE = 'at+jwt';

const Claims = z.object({ sub: z.string(), org: z.string(), sid: z.string(), exp: z.number(), iat: z.number() });

// Smaller differences come from ordinary corrections of the clock.
const TOLERANCE_MILLISECONDS = 60_000;

interface Options {
  /** All stored keys, including expired ones; `liveKeys` selects the valid ones. */
  keys(): readonly SigningKey[];
  readonly issuer: string;
  /** Epoch milliseconds. */
  now(): number;
}

export function joseAccessTokens({ keys, issuer, now }: Options): AccessTokens {
  return {
    async issue({ organizationId, userId, sessionId, expiresAt }) {
      const [key] = liveKeys(keys(), now());
      if (key === undefined) throw new Error('There is no signing key.');
      return new SignJWT({ org: organizationId, sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(expiresAt)
        .setJti(randomUUID())
        .sign(key.privateKey);
    },

    namesIssuer: (text) => issuerOf(text) === issuer,

    async verify(text) {
      try {
        const { payload } = await jwtVerify(text, ({ kid }) => keyNamed(kid), {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer,
          audience: AUDIENCE,
          requiredClaims: ['exp', 'iat', 'jti'],
          currentDate: new Date(now()),
        });
        const { sub, org, sid, exp, iat } = Claims.parse(payload);
        // A clock that was ahead issued this token. It would be valid for much too long.
        if (iat * 1000 > now() + TOLERANCE_MILLISECONDS) return undefined;
        return { organizationId: org, userId: sub, sessionId: sid, expiresAt: exp };
      } catch {
        // The caller does not learn why a token is invalid.
        return undefined;
      }
    },
  };

  function keyNamed(kid: string | undefined) {
    const key = liveKeys(keys(), now()).find((one) => one.kid === kid);
    if (key === undefined) throw new Error('No valid key has this id.');
    return key.publicKey;
  }
}

/** The public keys with which other systems verify the tokens, as a JWK Set (RFC 7517). */
export function publicKeys({ keys, now }: Pick<Options, 'keys' | 'now'>): { keys: JWK[] } {
  return { keys: liveKeys(keys(), now()).map(({ publicJwk }) => publicJwk) };
}
