import { CurlewError } from '@curlew/core/kernel';
import type { IssuerTokens } from '@curlew/core/session';
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';

export interface IssuerSetup {
  readonly issuer: string;
  readonly audience: string;
  /** The one that all its users belong to, or the claim that names it. */
  readonly organization: { readonly id: string } | { readonly claim: string };
  /** The claim that holds the id of the user here. */
  readonly userClaim: string;
}

const TIMEOUT_MILLISECONDS = 5000;
/** How long an issuer is left alone that did not answer, or does not know a key. */
const COOL_DOWN_MILLISECONDS = 30_000;
const TOLERANCE_SECONDS = 5;

// Signatures that only the issuer can make: none with a shared secret.
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const TYPES: readonly (string | undefined)[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

const Configuration = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Access tokens of an OpenID Connect issuer, checked with the keys that it publishes. `now` is epoch milliseconds. */
export function oidcTokens(
  { issuer, audience, organization, userClaim }: IssuerSetup,
  now: () => number,
): IssuerTokens {
  const keys = publishedKeys(issuer, now);
  return {
    isOne(text) {
      try {
        return decodeJwt(text).iss === issuer;
      } catch {
        return false;
      }
    },

    async verify(text) {
      const verified = await jwtVerify(text, keys, {
        algorithms: ALGORITHMS,
        issuer,
        requiredClaims: ['exp'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(now()),
      }).catch(whenUnreachable);
      if (verified === undefined) return undefined;
      const { payload, protectedHeader } = verified;
      const type = protectedHeader.typ?.toLowerCase();
      if (!TYPES.includes(type) || isIdToken(payload) || !isAccessToken(type, payload)) return undefined;
      if (!isFor(payload, audience)) return undefined;
      const organizationId = 'id' in organization ? organization.id : payload[organization.claim];
      const userId = payload[userClaim];
      if (typeof organizationId !== 'string' || typeof userId !== 'string') return undefined;
      return { organizationId, userId, expiresAt: payload.exp ?? 0 };
    },
  };
}

/** ID tokens are for the client that somebody signed in to, and would let it act for them here. */
function isIdToken({ token_use, nonce, at_hash, c_hash }: JWTPayload): boolean {
  return token_use === 'id' || [nonce, at_hash, c_hash].some((claim) => claim !== undefined);
}

/** An ID token need not hold any of these, but no ID token holds what an access token says of what it is good for. */
function isAccessToken(type: string | undefined, { scope, scp, client_id }: JWTPayload): boolean {
  return type?.endsWith('at+jwt') || [scope, scp, client_id].some((claim) => claim !== undefined);
}

/** Cognito's access tokens have no audience, and name the client instead. */
function isFor({ aud, client_id }: JWTPayload, audience: string): boolean {
  return aud === undefined ? client_id === audience : [aud].flat().includes(audience);
}

/** The keys of the issuer, found by its configuration when the first token comes (OpenID Connect Discovery 1.0). */
function publishedKeys(issuer: string, now: () => number): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  async function discover(): Promise<JWTVerifyGetKey> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    const configuration = Configuration.parse(await answer.json());
    if (configuration.issuer !== issuer) throw new Error(`${address} is of another issuer, ${configuration.issuer}.`);
    const keys = new URL(configuration.jwks_uri);
    if (keys.protocol !== 'https:' && keys.protocol !== new URL(issuer).protocol) {
      throw new Error(`The keys of ${issuer} are not at an https address.`);
    }
    return createRemoteJWKSet(keys, {
      timeoutDuration: TIMEOUT_MILLISECONDS,
      cooldownDuration: COOL_DOWN_MILLISECONDS,
    });
  }

  return async (header, token) => {
    if (found === undefined) {
      if (now() - failedAt < COOL_DOWN_MILLISECONDS) throw unreachable('asked a moment ago');
      found = discover();
    }
    const discovering = found;
    const keys = await discovering.catch((error) => {
      if (found === discovering) found = undefined;
      failedAt = now();
      throw unreachable(error);
    });
    return keys(header, token);
  };
}

// What jose throws when the issuer did not answer with keys; its other errors say that the token is no good.
const OUT_OF_REACH: readonly string[] = [errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code];

function whenUnreachable(error: unknown): undefined {
  if (error instanceof CurlewError) throw error;
  if (error instanceof errors.JOSEError && !OUT_OF_REACH.includes(error.code)) return undefined;
  throw unreachable(error);
}

function unreachable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'Whoever issued the token does not answer; try again later.', { cause });
}
