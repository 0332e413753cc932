import { CurlewError } from '@curlew/core/kernel';
import type { IssuerTokens } from '@curlew/core/session';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { fetchJson } from './fetch-json.ts';
import { issuerOf } from './issuer-of.ts';

export interface IssuerSetup {
  readonly issuer: string;
  readonly audience: string;
  /** The organization of all users of the issuer, or the claim that names a user's organization. */
  readonly organization: { readonly id: string } | { readonly claim: string };
  /** The claim that contains the user's id in Curlew. */
  readonly userClaim: string;
}

/** The pause before the next request to an issuer that failed or did not have a key. */
const COOL_DOWN_MILLISECONDS = 30_000;
/** Keys that the issuer has withdrawn are accepted for at most this time. */
const KEYS_MILLISECONDS = 10 * 60_000;
const TOLERANCE_SECONDS = 5;

// Asymmetric algorithms only: with a shared secret, others than the issuer could sign tokens.
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

/** Verifies access tokens of an OpenID Connect issuer with its published keys. `now` returns epoch milliseconds. */
export function oidcTokens(
  { issuer, audience, organization, userClaim }: IssuerSetup,
  now: () => number,
): IssuerTokens {
  const keys = publishedKeys(issuer, now);
  return {
    namesIssuer: (text) => issuerOf(text) === issuer,

    async verify(text) {
      const verified = await jwtVerify(text, keys, {
        algorithms: ALGORITHMS,
        issuer,
        requiredClaims: ['exp'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(now()),
      }).catch(undefinedIfInvalid);
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

/** ID tokens must be refused: they are meant for the client, which could otherwise use them to act for the user. */
function isIdToken({ token_use, nonce, at_hash, c_hash }: JWTPayload): boolean {
  return token_use === 'id' || [nonce, at_hash, c_hash].some((claim) => claim !== undefined);
}

/** An ID token may lack all claims that `isIdToken` checks. But only an access token has a scope or a client id. */
function isAccessToken(type: string | undefined, { scope, scp, client_id }: JWTPayload): boolean {
  return type?.endsWith('at+jwt') || [scope, scp, client_id].some((claim) => claim !== undefined);
}

/** Cognito's access tokens have no audience; their `client_id` is compared instead. */
function isFor({ aud, client_id }: JWTPayload, audience: string): boolean {
  return aud === undefined ? client_id === audience : [aud].flat().includes(audience);
}

/**
 * Finds the issuer's key for a token. The first token triggers the discovery of the keys (OpenID Connect Discovery 1.0).
 * Throws `unavailable` if the issuer does not answer with its keys. Any other error means that the token is invalid.
 */
function publishedKeys(issuer: string, now: () => number): JWTVerifyGetKey {
  let latest: { readonly find: JWTVerifyGetKey; readonly loadedAt: number } | undefined;
  let loading: Promise<JWTVerifyGetKey> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  function load(): Promise<JWTVerifyGetKey> {
    if (loading !== undefined) return loading;
    if (now() - failedAt < COOL_DOWN_MILLISECONDS) throw unreachable(`${issuer} failed a moment ago.`);
    loading = keysOf(issuer)
      .then((keys) => {
        latest = { find: createLocalJWKSet(keys), loadedAt: now() };
        return latest.find;
      })
      .catch((error) => {
        failedAt = now();
        throw unreachable(error);
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  return async (header, token) => {
    const age = now() - (latest?.loadedAt ?? Number.NEGATIVE_INFINITY);
    if (latest === undefined || age >= KEYS_MILLISECONDS) return (await load())(header, token);
    try {
      return await latest.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || age < COOL_DOWN_MILLISECONDS) throw error;
      return (await load())(header, token);
    }
  };
}

async function keysOf(issuer: string): Promise<JSONWebKeySet> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const configuration = Configuration.parse(await fetchJson(address));
  if (configuration.issuer !== issuer)
    throw new Error(`${address} belongs to another issuer, ${configuration.issuer}.`);
  const keys = new URL(configuration.jwks_uri);
  if (keys.protocol !== 'https:' && keys.protocol !== new URL(issuer).protocol) {
    throw new Error(`The keys of ${issuer} are not at an https address.`);
  }
  return (await fetchJson(keys)) as JSONWebKeySet;
}

/** An error after the key was found also means that the token is invalid: the issuer's key may be too weak or broken. */
function undefinedIfInvalid(error: unknown): undefined {
  if (error instanceof CurlewError) throw error;
  return undefined;
}

function unreachable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'The issuer of the token does not answer; try again later.', { cause });
}
