import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newStoredKey, oidcTokens, signingKey } from './index.ts';

const key = signingKey(await newStoredKey('2026-03-01T00:00:00.000Z'));
const other = signingKey(await newStoredKey('2026-03-01T00:00:00.000Z'));
let clock: number;
let server: Server;
let issuer: string;
/** The responses of the issuer by path, and the paths that were requested. */
let published: Record<string, (response: ServerResponse) => unknown>;
let requested: string[];

beforeEach(async () => {
  clock = Date.now();
  requested = [];
  server = createServer(({ url = '' }, response) => {
    requested.push(url);
    const answer = published[url]?.(response);
    if (answer === 'nothing') return;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
  published = {
    '/realm/.well-known/openid-configuration': () => ({ issuer, jwks_uri: `${issuer}/keys` }),
    '/realm/keys': () => ({ keys: [key.publicJwk] }),
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const tokensOf = (more: object = {}) =>
  oidcTokens({ issuer, audience: 'desk', organization: { id: 'default' }, userClaim: 'sub', ...more }, () => clock);
const good = (): JWTPayload => ({ ...plain(), scope: 'openid' });
/** A payload without any claim that only access tokens have. */
const plain = (): JWTPayload => ({ iss: issuer, aud: 'desk', sub: 'joy', exp: Math.floor(clock / 1000) + 300 });
const signed = (payload: JWTPayload, header: Record<string, unknown> = {}, by = key) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header }).sign(by.privateKey);

describe('tokens of an OpenID Connect issuer', () => {
  it('name a user of the configured organization, or of the organization in a claim', async () => {
    const expiresAt = good().exp;
    expect(await tokensOf().verify(await signed(good()))).toEqual({
      organizationId: 'default',
      userId: 'joy',
      expiresAt,
    });
    const mapped = tokensOf({ organization: { claim: 'custom:org' }, userClaim: 'uid' });
    const token = await signed({ ...good(), 'custom:org': 'org_1', uid: 'usr_1' });
    expect(await mapped.verify(token)).toEqual({ organizationId: 'org_1', userId: 'usr_1', expiresAt });
    expect(await mapped.verify(await signed(good()))).toBeUndefined();
  });

  it('request the configuration and the keys of the issuer once', async () => {
    const tokens = tokensOf();
    for (let i = 0; i < 3; i++) await tokens.verify(await signed(good()));
    expect(requested).toEqual(['/realm/.well-known/openid-configuration', '/realm/keys']);
  });

  it('may name a client instead of an audience, as Cognito tokens do', async () => {
    const { aud: _, ...rest } = good();
    expect(await tokensOf().verify(await signed({ ...rest, client_id: 'desk', token_use: 'access' }))).toBeDefined();
    expect(await tokensOf().verify(await signed({ ...rest, client_id: 'other' }))).toBeUndefined();
  });

  it.each<[string, () => Promise<string>]>([
    ['scope', () => signed({ ...plain(), scope: '' }, { typ: 'JWT' })],
    ['scp', () => signed({ ...plain(), scp: ['tickets'] })],
    ['client_id', () => signed({ ...plain(), client_id: 'app' })],
    ['type', () => signed(plain(), { typ: 'at+jwt' })],
    ['full media type', () => signed(plain(), { typ: 'application/at+JWT' })],
  ])('are distinguished from ID tokens by their %s', async (_, make) => {
    expect(await tokensOf().verify(await make())).toMatchObject({ userId: 'joy' });
  });

  it('are recognised by their issuer', async () => {
    expect(tokensOf().namesIssuer(await signed(good()))).toBe(true);
    expect(tokensOf().namesIssuer(await signed({ ...good(), iss: 'https://else.example.com' }))).toBe(false);
  });

  it.each<[string, () => Promise<string>]>([
    ['another key', () => signed(good(), {}, other)],
    ['a key that is not published', () => signed(good(), { kid: other.kid }, other)],
    ['another issuer', () => signed({ ...good(), iss: 'https://else.example.com' })],
    ['another audience', () => signed({ ...good(), aud: ['x', 'y'] })],
    ['another audience and our client', () => signed({ ...good(), aud: 'x', client_id: 'desk' })],
    ['an expiry in the past', () => signed({ ...good(), exp: Math.floor(clock / 1000) - 6 })],
    ['no expiry', () => signed({ iss: issuer, aud: 'desk', sub: 'joy', scope: 'openid' })],
    ['the use of an ID token', () => signed({ ...good(), token_use: 'id' })],
    ['a nonce', () => signed({ ...good(), nonce: 'n' })],
    ['the hash of an access token', () => signed({ ...good(), at_hash: 'h' })],
    ['only claims that an ID token has too', () => signed(plain())],
    [
      'only claims that an ID token has too, and the type JWT',
      () => signed({ ...plain(), azp: 'desk' }, { typ: 'JWT' }),
    ],
    ['another type', () => signed(good(), { typ: 'logout+jwt' })],
    ['no user', () => signed({ iss: issuer, aud: 'desk', exp: good().exp ?? 0, scope: 'openid' })],
    ['an invalid form', async () => 'a.b.c'],
  ])('are refused with %s', async (_, make) => {
    expect(await tokensOf().verify(await make())).toBeUndefined();
  });

  it.each<[string, () => void]>([
    ['is unreachable', () => server.close()],
    ['has no configuration', () => delete published['/realm/.well-known/openid-configuration']],
    ['has no keys', () => delete published['/realm/keys']],
    ['sends no JSON', () => Object.assign(published, { '/realm/keys': () => '<html>' })],
    [
      'names another issuer',
      () =>
        Object.assign(published, {
          '/realm/.well-known/openid-configuration': () => ({ issuer: 'x', jwks_uri: `${issuer}/keys` }),
        }),
    ],
  ])('cause unavailable, not unauthenticated, if the issuer %s', async (_, breakIssuer) => {
    breakIssuer();
    await expect(tokensOf().verify(await signed(good()))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('request nothing for a while from an issuer that failed', async () => {
    const configuration = published['/realm/.well-known/openid-configuration'];
    published['/realm/.well-known/openid-configuration'] = () => '<html>';
    const tokens = tokensOf();
    const token = await signed(good());
    for (let i = 0; i < 3; i++) await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'unavailable' });
    expect(requested).toHaveLength(1);
    Object.assign(published, { '/realm/.well-known/openid-configuration': configuration });
    clock += 30_000;
    expect(await tokens.verify(token)).toBeDefined();
  });

  it.each(['/realm/.well-known/openid-configuration', '/realm/keys'])(
    'cause unavailable if %s never ends, and the connection is closed',
    async (path) => {
      const closed = new Promise((resolve) => {
        published[path] = (response) => {
          response.on('close', resolve);
          const write = () => {
            while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
          };
          response.on('drain', write);
          response.writeHead(200, { 'content-type': 'application/json' });
          write();
          return 'nothing';
        };
      });
      await expect(tokensOf().verify(await signed(good()))).rejects.toMatchObject({
        code: 'unavailable',
        cause: expect.objectContaining({ message: expect.stringMatching(/more than 262144 bytes/) }),
      });
      await closed;
    },
  );

  it('cause unavailable if the keys arrive too slowly', async () => {
    published['/realm/keys'] = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"keys":[');
      return 'nothing';
    };
    await expect(tokensOf().verify(await signed(good()))).rejects.toMatchObject({ code: 'unavailable' });
  }, 10_000);

  it('cause unavailable if the issuer redirects to its keys', async () => {
    published['/realm/keys'] = (response) => {
      response.writeHead(302, { location: `${issuer}/other` }).end();
      return 'nothing';
    };
    published['/realm/other'] = () => ({ keys: [key.publicJwk] });
    await expect(tokensOf().verify(await signed(good()))).rejects.toMatchObject({ code: 'unavailable' });
    expect(requested).not.toContain('/realm/other');
  });

  it('request no keys for a while from an issuer that failed, and accept its known keys meanwhile', async () => {
    const tokens = tokensOf();
    expect(await tokens.verify(await signed(good()))).toBeDefined();
    published['/realm/keys'] = () => '<html>';
    clock += 31_000;
    const forged = await signed(good(), { kid: other.kid }, other);
    for (let i = 0; i < 3; i++) await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'unavailable' });
    expect(requested.filter((path) => path === '/realm/keys')).toHaveLength(2);
    expect(await tokens.verify(await signed(good()))).toBeDefined();
  });

  it('accept a new key of the issuer', async () => {
    const tokens = tokensOf();
    await tokens.verify(await signed(good()));
    published['/realm/keys'] = () => ({ keys: [key.publicJwk, other.publicJwk] });
    const token = () => signed(good(), { kid: other.kid }, other);
    expect(await tokens.verify(await token())).toBeUndefined();
    clock += 31_000;
    expect(await tokens.verify(await token())).toBeDefined();
  });

  it('accept no key that the issuer withdrew ten minutes ago', async () => {
    const tokens = tokensOf();
    await tokens.verify(await signed(good()));
    published['/realm/keys'] = () => ({ keys: [other.publicJwk] });
    clock += 10 * 60_000;
    expect(await tokens.verify(await signed(good()))).toBeUndefined();
  });

  describe('with a key that cannot be used', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weak = { ...publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256', use: 'sig' };
    it.each<[string, object, string]>([
      ['too weak', weak, 'RS256'],
      ['broken', { ...key.publicJwk, kid: 'weak', x: 'AAAA' }, 'ES256'],
      ['private', { ...privateKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256', use: 'sig' }, 'RS256'],
    ])('because it is %s, are invalid', async (_, jwk, alg) => {
      published['/realm/keys'] = () => ({ keys: [key.publicJwk, jwk] });
      const [, payload, signature] = (await signed(good())).split('.');
      const header = Buffer.from(JSON.stringify({ alg, kid: 'weak' })).toString('base64url');
      const tokens = tokensOf();
      expect(await tokens.verify(`${header}.${payload}.${signature}`)).toBeUndefined();
      expect(await tokens.verify(await signed(good()))).toBeDefined();
    });
  });

  it('cause unavailable if the issuer hangs', async () => {
    published['/realm/.well-known/openid-configuration'] = () => 'nothing';
    await expect(tokensOf().verify(await signed(good()))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
