import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newStoredKey, signingKey } from '../../src/adapters/jose/index.ts';
import { get, patch, post } from './host.ts';
import { ADMIN, type SignInHost, signInHost } from './sign-in-host.ts';

const key = signingKey(await newStoredKey(new Date().toISOString()));
let issuer: Server;
let url: string;
let host: SignInHost;
let admin: Record<string, string>;

beforeAll(async () => {
  issuer = createServer((request, response) => {
    const isKeys = request.url === '/keys';
    response.end(JSON.stringify(isKeys ? { keys: [key.publicJwk] } : { issuer: url, jwks_uri: `${url}/keys` }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  const organization = { id: 'default' };
  host = await signInHost({ issuer: { issuer: url, audience: 'desk', organization, userClaim: 'sub' } });
  admin = await host.as(ADMIN.email, ADMIN.password);
});
afterAll(async () => {
  await host.stop();
  issuer.closeAllConnections();
  issuer.close();
});

async function as(userId: string): Promise<Record<string, string>> {
  const token = new SignJWT({ iss: url, aud: 'desk', sub: userId }).setProtectedHeader({
    alg: 'ES256',
    typ: 'at+jwt',
    kid: key.kid,
  });
  return { authorization: `Bearer ${await token.setExpirationTime('5m').sign(key.privateKey)}` };
}

it('accepts a token of another issuer, with the role that the user has in Curlew', async () => {
  await host.send(post('/v1/users', { id: 'joy', role: 'agent' }, admin));
  expect((await host.send(get('/v1/me', await as('joy')))).body).toMatchObject({ id: 'joy', role: 'agent' });
  expect((await host.send(get('/v1/tasks', await as('joy')))).status).toBe(200);
});

it('refuses unknown and inactive users', async () => {
  expect((await host.send(get('/v1/me', await as('sam')))).status).toBe(401);
  await host.send(post('/v1/users', { id: 'sam' }, admin));
  expect((await host.send(get('/v1/me', await as('sam')))).status).toBe(200);
  await host.send(patch('/v1/users/sam', { active: false }, admin));
  expect((await host.send(get('/v1/me', await as('sam')))).status).toBe(401);
});

it('gives the operator the rights of an admin only', async () => {
  const elsewhere = await as('usr_admin');
  expect((await host.send(get('/v1/me', elsewhere))).body).toMatchObject({ id: 'usr_admin', role: 'admin' });
  expect(
    (await host.send(post('/v1/organizations', { name: 'O', admin: { email: 'o@example.com', name: 'O' } }, elsewhere)))
      .status,
  ).toBe(403);
});
