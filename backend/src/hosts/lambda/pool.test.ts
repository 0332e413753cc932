import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UserRecord } from '@curlew/core/user';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newStoredKey, type SigningKey, signingKey } from '../../adapters/jose/index.ts';
import { claimsFor } from './pool-claims.ts';
import { poolProof } from './pool-proof.ts';

const record = (id: string, active = true): UserRecord => ({
  organizationId: 'org_a',
  operator: id === 'usr_admin',
  deletedAt: null,
  user: {
    id,
    name: id,
    email: null,
    role: 'agent',
    active,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    version: 1,
  },
});

describe('the claims of an access token', () => {
  const find = async (organizationId: string, id: string) =>
    organizationId === 'org_a' && id === 'ana' ? record('ana') : undefined;

  it('are the organization, the user and the current role', async () => {
    expect(await claimsFor({ 'custom:organization': 'org_a', 'custom:user': 'ana', sub: 'x' }, find)).toEqual({
      organization: 'org_a',
      user: 'ana',
      role: 'agent',
    });
  });

  it.each([
    [{}],
    [{ 'custom:user': 'ana' }],
    [{ 'custom:organization': 'org_a' }],
    [{ 'custom:organization': 'org_b', 'custom:user': 'ana' }],
    [{ 'custom:organization': 'org_a', 'custom:user': 'bob' }],
  ])('are undefined for an account without a user: %j', async (attributes) => {
    expect(await claimsFor(attributes as Record<string, string>, find)).toBeUndefined();
  });
});

describe('an access token of the pool', () => {
  let server: Server;
  let issuer: string;
  let key: SigningKey;
  beforeAll(async () => {
    key = signingKey(await newStoredKey('2026-03-01T00:00:00.000Z'));
    server = createServer(({ url = '' }, response) => {
      const keys = { keys: [key.publicJwk] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(url.endsWith('/jwks') ? keys : { issuer, jwks_uri: `${issuer}/jwks` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/eu-central-1_abc`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const users = { find: async (_: string, id: string) => record(id, id !== 'gone') };
  const proof = () => poolProof({ issuer, client: 'console' }, users);
  const signed = (claims: object) =>
    new SignJWT({ token_use: 'access', client_id: 'console', organization: 'org_a', user: 'ana', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid })
      .setIssuer(issuer)
      .setExpirationTime('10m')
      .sign(key.privateKey);

  it('authenticates its user with the role that is stored in Curlew', async () => {
    const token = await signed({ role: 'admin' });
    expect(proof().isFor(token)).toBe(true);
    expect(await proof().actorOf(token)).toMatchObject({
      actor: { organizationId: 'org_a', userId: 'ana', role: 'agent' },
    });
  });

  it.each<[string, object]>([
    ['for another client', { client_id: 'other' }],
    ['for the client itself', { token_use: 'id' }],
    ['of an account without an organization', { organization: undefined }],
    ['of an inactive user', { user: 'gone' }],
  ])('is refused: %s', async (_, claims) => {
    expect(await proof().actorOf(await signed(claims))).toBeUndefined();
  });

  it('does not give the rights of the operator', async () => {
    expect((await proof().actorOf(await signed({ user: 'usr_admin' })))?.actor.operator).toBeUndefined();
  });

  it('of another issuer is ignored', () => {
    for (const text of ['', 'a.b.c', 'clw_default_x', `x.${Buffer.from('{"iss":"y"}').toString('base64url')}.z`]) {
      expect(proof().isFor(text)).toBe(false);
    }
  });
});
