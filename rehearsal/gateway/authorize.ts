import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { ApiKind, Authorizer } from '../deployed/model.ts';
import { headerOf, type Incoming } from './request.ts';

/** The keys that an issuer publishes. */
export type PublishedKeys = (issuer: string) => Promise<readonly JsonWebKey[]>;

/** The authorizer's data about an accepted token for the function. Every claim is a string. */
export interface Authorized {
  readonly claims: Readonly<Record<string, string>>;
  /** The scopes of the route that the token has. */
  readonly scopes: readonly string[];
}

export type Unauthorized = 'no token' | 'bad token' | 'expired token' | 'other scope';

type Claims = Readonly<Record<string, unknown>>;

const DIGESTS: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

/**
 * Whether API Gateway accepts a request on a route with an authorizer. An HTTP API's JWT authorizer checks `aud`, or
 * `client_id` if `aud` is missing. A REST API's user pool authorizer accepts ID tokens on methods without scopes, and
 * access tokens on methods with scopes.
 */
export async function authorize(
  kind: ApiKind,
  { issuers, audiences, scopes }: Authorizer,
  { headers }: Pick<Incoming, 'headers'>,
  keysOf: PublishedKeys,
): Promise<Authorized | Unauthorized> {
  const text = headerOf(headers, 'authorization')
    ?.trim()
    .replace(/^bearer\s+/i, '');
  if (text === undefined || text === '') return 'no token';
  const token = tryParseToken(text);
  if (token === undefined || !issuers.includes(String(token.claims.iss))) return 'bad token';
  const { claims } = token;
  if (!isSigned(token, await keysOf(String(claims.iss)))) return 'bad token';

  const now = Date.now() / 1000;
  if (Number(claims.nbf ?? 0) > now || Number(claims.iat ?? 0) > now + 1) return 'bad token';
  // A token without an expiry is refused, because every comparison with `NaN` is false.
  if (!(Number(claims.exp) > now)) return 'expired token';
  const meant: unknown[] = [claims.aud ?? claims.client_id].flat();
  if (kind === 'http' && !meant.some((one) => audiences.includes(String(one)))) return 'bad token';
  if (kind === 'rest' && claims.token_use !== (scopes.length > 0 ? 'access' : 'id')) return 'bad token';
  const held = String(claims.scope ?? '').split(' ');
  const shared = scopes.filter((scope) => held.includes(scope));
  return scopes.length > 0 && shared.length === 0 ? 'other scope' : { claims: texts(claims), scopes: shared };
}

interface Token {
  readonly header: Claims;
  readonly claims: Claims;
  readonly signed: string;
  readonly signature: Buffer;
}

function tryParseToken(text: string): Token | undefined {
  const [header = '', claims = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0) return undefined;
  try {
    return {
      header: jsonObject(header),
      claims: jsonObject(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}

function jsonObject(part: string): Claims {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
  if (typeof value !== 'object' || value === null) throw new Error('A part of the token is not a JSON object.');
  return value as Claims;
}

function isSigned({ header, signed, signature }: Token, keys: readonly JsonWebKey[]): boolean {
  const digest = DIGESTS[String(header.alg)];
  const key = keys.find(({ kid }) => kid === header.kid);
  if (digest === undefined || key === undefined) return false;
  return verify(digest, Buffer.from(signed), createPublicKey({ key, format: 'jwk' }), signature);
}

function texts(claims: Claims): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}
