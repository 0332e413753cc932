import { describe, expect, it } from 'vitest';
import type { DeployedApi, DeployedFunction } from '../deployed/model.ts';
import type { Invocation } from '../functions/function-process.ts';
import type { Incoming } from './request.ts';
import { serveApi } from './serve-api.ts';

const permission = {
  Effect: 'Allow' as const,
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:eu-central-1:1:abc/*' } },
};
const result = (value: unknown): Invocation => ({ kind: 'result', payload: JSON.stringify(value) });
const get = (path: string, more: Partial<Incoming> = {}): Incoming => ({
  method: 'GET',
  path,
  query: '',
  headers: [],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...more,
});

function api(kind: 'http' | 'rest', more: Partial<DeployedApi> = {}): DeployedApi {
  const route = { method: 'ANY', functionName: 'f', timeoutMilliseconds: 20 };
  const isHttp = kind === 'http';
  return {
    kind,
    id: 'abc',
    domainName: 'abc.example',
    stage: isHttp ? '$default' : 'dev',
    stageVariables: {},
    routes: [{ ...route, path: '/tickets', key: 'ANY /tickets', payloadVersion: isHttp ? '2.0' : '1.0' }],
    binaryMediaTypes: [],
    cors: undefined,
    gatewayResponses: {},
    ...more,
  };
}

async function asked(which: DeployedApi, incoming: Incoming, invocation: Promise<Invocation>, invokers = [permission]) {
  const backend = {
    accountId: '1',
    functionNamed: () => ({ name: 'f', invokers }) as unknown as DeployedFunction,
    invoke: () => invocation,
    keysOf: async () => [],
  };
  const { status, headers, body } = await serveApi(which, backend, incoming);
  return { status, headers: Object.fromEntries(headers), text: body.toString() };
}

const fine = Promise.resolve(result({ statusCode: 200, body: 'fine' }));
const broken = Promise.resolve<Invocation>({ kind: 'error', errorType: 'Error', errorMessage: '' });
const never = new Promise<Invocation>(() => {});

describe.each([
  ['http', '', { failed: 500, late: 503, nowhere: 404, forbidden: 500 }],
  ['rest', '/dev', { failed: 502, late: 504, nowhere: 403, forbidden: 500 }],
] as const)('an API of kind %s', (kind, base, statuses) => {
  const tickets = get(`${base}/tickets`);

  it("returns the function's response", async () => {
    expect(await asked(api(kind), tickets, fine)).toMatchObject({ status: 200, text: 'fine' });
  });

  it('answers by itself if the function fails or returns an invalid result', async () => {
    expect((await asked(api(kind), tickets, broken)).status).toBe(statuses.failed);
    expect((await asked(api(kind), tickets, Promise.resolve(result({ statusCode: 'x' })))).status).toBe(
      statuses.failed,
    );
  });

  it('answers by itself after the timeout', async () => {
    expect((await asked(api(kind), tickets, never)).status).toBe(statuses.late);
  });

  it('answers by itself without a matching route', async () => {
    expect((await asked(api(kind), get(`${base}/tasks`), fine)).status).toBe(statuses.nowhere);
  });

  it('cannot call a function whose policy refuses it', async () => {
    expect((await asked(api(kind), tickets, fine, [])).status).toBe(statuses.forbidden);
  });

  it("refuses a body above Lambda's payload limit", async () => {
    const large = { ...tickets, body: Buffer.alloc(7 * 1024 * 1024, 'x') };
    expect((await asked(api(kind), large, fine)).status).toBe(413);
  });
});

describe('a REST API', () => {
  it('answers errors with its custom responses', async () => {
    const template = '{"code":"route_not_found","requestId":"$context.requestId"}';
    const gatewayResponses = {
      MISSING_AUTHENTICATION_TOKEN: {
        status: 404,
        headers: { 'content-type': 'application/problem+json' },
        template,
      },
    };
    const answer = await asked(api('rest', { gatewayResponses }), get('/dev/nothing'), fine);
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.text).requestId).toBe(answer.headers['x-amzn-requestid']);
  });
});

describe('an HTTP API with CORS', () => {
  const cors = {
    origins: ['https://console.example'],
    methods: ['GET'],
    headers: ['content-type'],
    exposed: ['etag'],
    credentials: false,
    maxAgeSeconds: 60,
  };
  const origin = ['Origin', 'https://console.example'] as const;

  it('answers preflight requests by itself', async () => {
    const headers = [origin, ['Access-Control-Request-Method', 'GET'] as const];
    const answer = await asked(api('http', { cors }), get('/tickets', { method: 'OPTIONS', headers }), never);
    expect(answer).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': 'https://console.example', 'access-control-max-age': '60' },
    });
  });

  it('adds the origin and exposed headers to other responses', async () => {
    const { headers } = await asked(api('http', { cors }), get('/tickets', { headers: [origin] }), fine);
    expect(headers).toMatchObject({ 'access-control-expose-headers': 'etag' });
    const other = await asked(
      api('http', { cors }),
      get('/tickets', { headers: [['Origin', 'https://evil.example']] }),
      fine,
    );
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
