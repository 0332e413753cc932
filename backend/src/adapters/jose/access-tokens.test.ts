import { createHmac, createSign } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { joseAccessTokens, liveKeys, newStoredKey, publicKeys, signingKey } from './index.ts';

const ISSUER = 'https://desk.example.com';
const START = Date.parse('2026-03-01T00:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;

const key = signingKey(await newStoredKey('2026-03-01T00:00:00.000Z'));
const other = signingKey(await newStoredKey('2026-03-01T00:00:00.000Z'));
let clock = START;
const now = () => clock;
const tokens = joseAccessTokens({ keys: () => [key], issuer: ISSUER, now });
const claims = { organizationId: 'default', userId: 'auth0|x', sessionId: 'ses_1', expiresAt: START / 1000 + 600 };

const good = { org: 'default', sid: 'ses_1', sub: 'joy', iss: ISSUER, aud: 'curlew', jti: 'j', iat: START / 1000 };
const payload: JWTPayload = { ...good, exp: START / 1000 + 600 };
const signed = (given: JWTPayload, header: Record<string, unknown> = {}, by = key) =>
  new SignJWT(given).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header }).sign(by.privateKey);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('access tokens', () => {
  it('contain the claims and are valid until they expire', async () => {
    clock = START;
    const text = await tokens.issue(claims);
    expect(await tokens.verify(text)).toEqual(claims);
    expect(decodeProtectedHeader(text)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });
    const { jti, ...decoded } = decodeJwt(text);
    expect(jti).toEqual(expect.any(String));
    expect(decoded).toEqual({
      iss: ISSUER,
      aud: 'curlew',
      sub: 'auth0|x',
      org: 'default',
      sid: 'ses_1',
      iat: START / 1000,
      exp: START / 1000 + 600,
    });
    clock = START + 599_000;
    expect(await tokens.verify(text)).toEqual(claims);
    clock = START + 600_000;
    expect(await tokens.verify(text)).toBeUndefined();
    clock = START;
  });

  it('are recognised by their issuer without a check of the signature', async () => {
    expect(tokens.namesIssuer(await signed(payload, {}, other))).toBe(true);
    expect(tokens.namesIssuer(await signed({ ...payload, iss: 'https://else.example.com' }))).toBe(false);
    for (const text of ['', 'x', 'a.b.c', 'crw_abc']) expect(tokens.namesIssuer(text)).toBe(false);
  });

  it('are accepted before the forgeries below change them', async () => {
    expect(await tokens.verify(await signed(payload))).toMatchObject({ userId: 'joy' });
  });

  it.each<[string, () => string | Promise<string>]>([
    ['alg none', () => new UnsecuredJWT(payload).encode()],
    ['alg none with a type and a key', () => `${part({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${part(payload)}.`],
    [
      'HS256 with the public key as its secret',
      async () => {
        const text = `${part({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${part(payload)}`;
        const secret = await exportSPKI(key.publicKey as never);
        return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
      },
    ],
    ['another key', () => signed(payload, {}, other)],
    ['another key with its own kid', () => signed(payload, { kid: other.kid }, other)],
    ['another key in the header', () => signed(payload, { jwk: other.publicJwk, kid: other.kid }, other)],
    ['no kid', () => signed(payload, { kid: undefined })],
    [
      'another signature algorithm with the same key',
      () => {
        const text = `${part({ alg: 'ES512', typ: 'at+jwt', kid: key.kid })}.${part(payload)}`;
        const signature = createSign('sha512').update(text);
        return `${text}.${signature.sign({ key: key.privateKey, dsaEncoding: 'ieee-p1363' }, 'base64url')}`;
      },
    ],
    ['another issuer', () => signed({ ...payload, iss: 'https://else.example.com' })],
    ['another audience', () => signed({ ...payload, aud: 'another' })],
    ['no audience', () => signed({ ...payload, aud: [] })],
    ['no expiry', () => signed(good)],
    ['an expiry in the past', () => signed({ ...payload, exp: START / 1000 })],
    ['a start in the future', () => signed({ ...payload, nbf: START / 1000 + 60 })],
    ['another type', () => signed(payload, { typ: 'JWT' })],
    ['no type', () => signed(payload, { typ: undefined })],
    ['no organization', () => signed({ ...payload, org: undefined })],
    ['no session', () => signed({ ...payload, sid: undefined })],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await signed(payload)).split('.');
        return [header, part({ ...payload, org: 'another' }), signature].join('.');
      },
    ],
    ['no signature', async () => (await signed(payload)).replace(/[^.]+$/, '')],
    ['an empty text', () => ''],
    ['an invalid form', () => 'a.b.c'],
  ])('are refused with %s', async (_, forged) => {
    expect(await tokens.verify(await forged())).toBeUndefined();
  });
});

describe('signing keys', () => {
  const stored = async (createdAt: string) => signingKey(await newStoredKey(createdAt));

  it('sign with the newest key, and verify with the key before it for a day', async () => {
    const old = await stored('2026-01-01T00:00:00.000Z');
    const fresh = await stored('2026-03-01T00:00:00.000Z');
    let keys = [old];
    const rotating = joseAccessTokens({ keys: () => keys, issuer: ISSUER, now });
    const text = await rotating.issue({ ...claims, expiresAt: START / 1000 + 10 * 24 * 3600 });
    keys = [old, fresh];
    expect(decodeProtectedHeader(await rotating.issue(claims)).kid).toBe(fresh.kid);
    clock = START + DAY - 1;
    expect(await rotating.verify(text)).toBeDefined();
    expect(publicKeys({ keys: () => keys, now }).keys.map(({ kid }) => kid)).toEqual([fresh.kid, old.kid]);
    clock = START + DAY;
    expect(await rotating.verify(text)).toBeUndefined();
    expect(publicKeys({ keys: () => keys, now }).keys).toHaveLength(1);
    clock = START;
  });

  it('are published without the private part', async () => {
    const { keys } = publicKeys({ keys: () => [key], now });
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('are live until a day after they are replaced', () => {
    const at = (createdAt: string) => ({ createdAt });
    const [first, second, third] = [at('2026-02-01T00:00:00Z'), at('2026-02-28T12:00:00Z'), at('2026-02-28T18:00:00Z')];
    expect(liveKeys([first, second, third], START)).toEqual([third, second, first]);
    expect(liveKeys([first, second, third], START + DAY * 0.6)).toEqual([third, second]);
    expect(liveKeys([first], START + 400 * DAY)).toEqual([first]);
  });

  it('are refused if they have another form', async () => {
    const { jwk, createdAt } = await newStoredKey('2026-03-01T00:00:00.000Z');
    expect(() => signingKey({ createdAt, jwk: { ...jwk, crv: 'P-384' } })).toThrow();
    expect(() => signingKey({ createdAt: 'x', jwk })).toThrow();
    expect(() => signingKey({ createdAt, jwk: { kty: 'oct', k: 'x' } })).toThrow();
  });
});
