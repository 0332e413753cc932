import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiKind, Authorizer, DeployedApi, DeployedFunction } from '../deployed/model.ts';
import { type Backend, serveApi } from './serve-api.ts';

const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/pool';
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = Math.floor(Date.now() / 1000);
const ACCESS = {
  iss: ISSUER,
  token_use: 'access',
  client_id: 'console',
  scope: 'openid email',
  iat: now,
  exp: now + 600,
  user: 'ana',
};
const { client_id: _, scope: __, ...COMMON } = ACCESS;
const ID = { ...COMMON, token_use: 'id', aud: 'console' };

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: object, { key = own.privateKey, kid = 'k1' }: { key?: KeyObject; kid?: string } = {}): string {
  const text = `${part({ alg: 'RS256', kid })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

function api(kind: ApiKind, more: Partial<DeployedApi> = {}): DeployedApi {
  const authorizer: Authorizer =
    kind === 'http'
      ? { issuers: [ISSUER], audiences: ['console'], scopes: [] }
      : { issuers: [ISSUER], audiences: [], scopes: ['openid', 'aws.cognito.signin.user.admin'] };
  const route = {
    method: 'ANY',
    functionName: 'f',
    payloadVersion: kind === 'http' ? '2.0' : '1.0',
    timeoutMilliseconds: 1000,
  };
  return {
    kind,
    id: 'abc',
    domainName: 'abc.example',
    stage: kind === 'http' ? '$default' : 'dev',
    stageVariables: {},
    routes: [
      { ...route, path: '/tickets', key: 'ANY /tickets', authorizer },
      { ...route, path: '/healthz', key: 'ANY /healthz' },
      { ...route, path: kind === 'http' ? '$default' : '/{proxy+}', key: '$default' },
    ],
    binaryMediaTypes: [],
    cors: undefined,
    gatewayResponses: {},
    ...more,
  };
}

async function ask(
  which: DeployedApi,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, string>; text: string; event: unknown }> {
  let event: unknown;
  const permission = {
    Effect: 'Allow' as const,
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
  };
  const backend: Backend = {
    accountId: '1',
    functionNamed: () => ({ name: 'f', invokers: [permission] }) as unknown as DeployedFunction,
    async invoke(_name, given) {
      event = given;
      return { kind: 'result', payload: JSON.stringify({ statusCode: 200, body: 'fine' }) };
    },
    keysOf: async (issuer) =>
      issuer === ISSUER ? [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' }] : [],
  };
  const answer = await serveApi(which, backend, {
    method,
    path: which.kind === 'rest' ? `/dev${path}` : path,
    query: '',
    headers: Object.entries(headers),
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    text: answer.body.toString(),
    event,
  };
}

const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });

describe.each(['http', 'rest'] as const)('the authorizer of an API of kind %s', (kind) => {
  const asked = (headers: Readonly<Record<string, string>>) => ask(api(kind), '/tickets', headers);

  it('accepts an access token with or without the prefix Bearer', async () => {
    expect((await asked(bearer(token(ACCESS)))).status).toBe(200);
    expect((await asked({ authorization: token(ACCESS) })).status).toBe(200);
  });

  const [head, , signature] = token(ACCESS).split('.');
  const unsigned = `${part({ alg: 'none', kid: 'k1' })}.${part(ACCESS)}`;
  const bySecret = `${part({ alg: 'HS256', kid: 'k1' })}.${part(ACCESS)}`;
  const publicText = own.publicKey.export({ type: 'spki', format: 'pem' });
  it.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['an API key', { 'x-api-key': 'clw_default_1_2' }],
    ['an API key as a token', bearer('clw_default_1_2')],
    ['another authentication scheme', { authorization: 'Basic YTpi' }],
    ['a token of another issuer', bearer(token({ ...ACCESS, iss: 'https://elsewhere.example/pool' }))],
    ['a token of another key', bearer(token(ACCESS, { key: other.privateKey }))],
    ['a token with an unpublished key', bearer(token(ACCESS, { kid: 'k2' }))],
    ['an expired token', bearer(token({ ...ACCESS, exp: now - 1 }))],
    ['a token without an expiry', bearer(token({ ...ACCESS, exp: undefined }))],
    ['a token from the future', bearer(token({ ...ACCESS, nbf: now + 600 }))],
    ['a token with changed claims', bearer(`${head}.${part({ ...ACCESS, user: 'eve' })}.${signature}`)],
    ['an unsigned token', bearer(`${unsigned}.`)],
    [
      'a token signed with the published key as a secret',
      bearer(`${bySecret}.${createHmac('sha256', publicText).update(bySecret).digest('base64url')}`),
    ],
  ])('refuses %s, and calls no function', async (_, headers) => {
    const { status, text, event } = await asked(headers);
    expect([status, event]).toEqual([401, undefined]);
    expect(JSON.parse(text)).toMatchObject({ message: expect.stringMatching(/^Unauthorized$|has expired$/) });
  });

  it('passes open paths and paths without a route', async () => {
    expect((await ask(api(kind), '/healthz')).status).toBe(200);
    expect((await ask(api(kind), '/nowhere')).status).toBe(200);
  });

  it('refuses OPTIONS without a token, because the route is for every method', async () => {
    expect((await ask(api(kind), '/tickets', {}, 'OPTIONS')).status).toBe(401);
    expect((await ask(api(kind), '/healthz', {}, 'OPTIONS')).status).toBe(200);
  });
});

describe('the JWT authorizer of an HTTP API', () => {
  it('answers with the scheme, and with the error of a given token', async () => {
    expect((await ask(api('http'), '/tickets')).headers['www-authenticate']).toBe('Bearer');
    const { headers } = await ask(api('http'), '/tickets', bearer('nonsense'));
    expect(headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('refuses tokens for other clients, and prefers the audience over the client id', async () => {
    const statusOf = async (claims: object) => (await ask(api('http'), '/tickets', bearer(token(claims)))).status;
    expect(await statusOf({ ...ACCESS, client_id: 'other' })).toBe(401);
    expect(await statusOf({ ...ACCESS, aud: 'other' })).toBe(401);
    // Without scopes it cannot detect an ID token. The function does.
    expect(await statusOf(ID)).toBe(200);
  });

  it('passes the claims to the function as strings', async () => {
    const { event } = await ask(api('http'), '/tickets', bearer(token({ ...ACCESS, roles: ['a', 'b'] })));
    expect(event).toMatchObject({
      requestContext: {
        authorizer: { jwt: { claims: { user: 'ana', iat: String(now), roles: '[a b]' }, scopes: null } },
      },
    });
  });

  it('refuses preflight requests of a route for every method, even with CORS', async () => {
    const cors = {
      origins: ['https://desk.example'],
      methods: ['GET'],
      headers: [],
      exposed: [],
      credentials: false,
      maxAgeSeconds: 1,
    };
    const preflight = { Origin: 'https://desk.example', 'Access-Control-Request-Method': 'GET' };
    expect((await ask(api('http', { cors }), '/tickets', preflight, 'OPTIONS')).status).toBe(401);
    expect((await ask(api('http', { cors }), '/healthz', preflight, 'OPTIONS')).status).toBe(204);
  });
});

describe('the user pool authorizer of a REST API', () => {
  it('refuses ID tokens if a method has scopes, and access tokens without one of them', async () => {
    const statusOf = async (claims: object) => (await ask(api('rest'), '/tickets', bearer(token(claims)))).status;
    expect(await statusOf(ID)).toBe(401);
    expect(await statusOf({ ...ACCESS, scope: 'email profile' })).toBe(401);
    expect(await statusOf({ ...ACCESS, scope: 'aws.cognito.signin.user.admin' })).toBe(200);
    // The token is for any client of the pool; the function checks the client.
    expect(await statusOf({ ...ACCESS, client_id: 'other' })).toBe(200);
  });

  it('accepts only ID tokens if a method has no scopes', async () => {
    const { routes } = api('rest');
    const bare = routes.map((route) =>
      route.authorizer === undefined ? route : { ...route, authorizer: { ...route.authorizer, scopes: [] } },
    );
    const statusOf = async (claims: object) =>
      (await ask(api('rest', { routes: bare }), '/tickets', bearer(token(claims)))).status;
    expect([await statusOf(ID), await statusOf(ACCESS)]).toEqual([200, 401]);
  });

  it('passes the claims to the function as strings', async () => {
    const { event } = await ask(api('rest'), '/tickets', bearer(token(ACCESS)));
    expect(event).toMatchObject({
      requestContext: { authorizer: { claims: { user: 'ana', exp: String(now + 600) } } },
    });
  });

  it('answers with the custom error response', async () => {
    const { headers, text } = await ask(api('rest'), '/tickets', bearer(token({ ...ACCESS, exp: now - 1 })));
    expect(headers['x-amzn-errortype']).toBe('UnauthorizedException');
    expect(JSON.parse(text)).toEqual({ message: 'The incoming token has expired' });
    const gatewayResponses = {
      UNAUTHORIZED: {
        status: 401,
        headers: { 'content-type': 'application/problem+json', 'www-authenticate': 'Bearer realm="Curlew"' },
        template: '{"code":"unauthenticated","requestId":"$context.requestId"}',
      },
    };
    const chosen = await ask(api('rest', { gatewayResponses }), '/tickets');
    expect(chosen).toMatchObject({ status: 401, headers: gatewayResponses.UNAUTHORIZED.headers });
    expect(JSON.parse(chosen.text)).toMatchObject({ code: 'unauthenticated' });
  });
});
