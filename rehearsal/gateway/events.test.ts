import { describe, expect, it } from 'vitest';
import { eventV1 } from './event-v1.ts';
import { eventV2 } from './event-v2.ts';
import { responseV1, responseV2 } from './function-response.ts';
import type { Incoming } from './request.ts';

const incoming: Incoming = {
  method: 'POST',
  path: '/dev/v1/users/a%20b%2Fc',
  query: 'tag=a&tag=b%20c&empty=',
  headers: [
    ['Host', '127.0.0.1:4000'],
    ['Content-Type', 'application/json'],
    ['Accept', 'a'],
    ['accept', 'b'],
    ['Cookie', 'x=1; y=2'],
    ['Connection', 'keep-alive'],
  ],
  body: Buffer.from('{"title":"Ä"}'),
  sourceIp: '127.0.0.1',
};
const api = { accountId: '1', apiId: 'abc', domainName: 'abc.example', stage: 'dev', stageVariables: {} };
const routed = {
  parameters: { id: 'a%20b' },
  requestId: 'r',
  traceId: 'Root=1-2',
  time: new Date('2026-03-12T19:03:58Z'),
};
const incomingAs = (type: string): Incoming => ({ ...incoming, headers: [['content-type', type]] });

describe('an event of format 2.0', () => {
  const of = (one: Incoming) => eventV2(one, api, { ...routed, routeKey: 'ANY /v1/users/{id}' });

  it('has the decoded path with the stage', () => {
    expect(of(incoming)).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /v1/users/{id}',
      rawPath: '/dev/v1/users/a b/c',
      requestContext: { stage: 'dev', time: '12/Mar/2026:19:03:58 +0000', http: { path: '/dev/v1/users/a b/c' } },
    });
  });

  it('ends the path before a decoded question mark', () => {
    expect(of({ ...incoming, path: '/a%3Fb' }).rawPath).toBe('/a');
  });

  it('joins repeated values with commas, and keeps the query string unchanged', () => {
    expect(of(incoming)).toMatchObject({
      rawQueryString: 'tag=a&tag=b%20c&empty=',
      queryStringParameters: { tag: 'a,b c', empty: '' },
      cookies: ['x=1', 'y=2'],
      headers: { host: 'abc.example', accept: 'a,b', 'x-forwarded-proto': 'https', 'content-length': '14' },
    });
    expect(of(incoming).headers).not.toHaveProperty('cookie');
    expect(of(incoming).headers).not.toHaveProperty('connection');
  });

  it('omits absent values', () => {
    const bare = of({ ...incoming, query: '', headers: [], body: Buffer.alloc(0) });
    for (const name of ['queryStringParameters', 'cookies', 'body', 'stageVariables'])
      expect(bare).not.toHaveProperty(name);
    expect(bare.isBase64Encoded).toBe(false);
  });

  it.each([
    ['application/json; charset=utf-8', false],
    ['application/merge-patch+json', false],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('encodes a body of type %s in Base64: %s', (type, expected) => {
    const event = of(incomingAs(type));
    expect(event.isBase64Encoded).toBe(expected);
    expect(Buffer.from(event.body ?? '', expected ? 'base64' : 'utf8')).toEqual(incoming.body);
  });
});

describe('an event of format 1.0', () => {
  const of = (one: Incoming, binary: string[] = []) =>
    eventV1(
      { ...one, path: '/v1/users/a%20b' },
      api,
      { ...routed, resource: '/v1/users/{id}', resourceId: 'x' },
      binary,
    );

  it('has the encoded path without the stage; the context has it with the stage', () => {
    expect(of(incoming)).toMatchObject({
      resource: '/v1/users/{id}',
      path: '/v1/users/a%20b',
      pathParameters: { id: 'a b' },
      requestContext: { path: '/dev/v1/users/a%20b', stage: 'dev', resourcePath: '/v1/users/{id}' },
    });
  });

  it('has all values of a parameter, and the last one', () => {
    expect(of(incoming)).toMatchObject({
      queryStringParameters: { tag: 'b c', empty: '' },
      multiValueQueryStringParameters: { tag: ['a', 'b c'], empty: [''] },
      multiValueHeaders: { Host: ['abc.example'], Accept: ['a'], accept: ['b'] },
    });
  });

  it('has null for absent values', () => {
    const bare = of({ ...incoming, query: '', body: Buffer.alloc(0) });
    expect(bare).toMatchObject({
      queryStringParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it('encodes a body in Base64 only if its type is in the list of binary types', () => {
    expect(of(incomingAs('image/png')).isBase64Encoded).toBe(false);
    expect(of(incomingAs('image/png'), ['image/*']).isBase64Encoded).toBe(true);
    expect(of(incoming, ['*/*']).isBase64Encoded).toBe(true);
  });
});

describe('a result', () => {
  const headersOf = (answer: { headers: readonly (readonly [string, string])[] } | undefined) => answer?.headers;

  it('of format 2.0 sets its cookies, and its connection headers are renamed', () => {
    const result = {
      statusCode: 201,
      headers: { etag: '"v1"', connection: 'close' },
      cookies: ['a=1', 'b=2'],
      body: '',
    };
    expect(headersOf(responseV2(JSON.stringify(result)))).toEqual([
      ['etag', '"v1"'],
      ['x-amzn-remapped-connection', 'close'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('of format 2.0 without a status becomes the body', () => {
    expect(responseV2('{"a":1}')).toMatchObject({ status: 200, body: Buffer.from('{"a":1}') });
  });

  it('in Base64 is decoded by an HTTP API, and by a REST API only for listed types', () => {
    const result = JSON.stringify({
      statusCode: 200,
      body: Buffer.from('yes').toString('base64'),
      isBase64Encoded: true,
    });
    const rest = (binaryMediaTypes: string[]) =>
      responseV1(result, 'rest', { accept: 'text/html,*/*', binaryMediaTypes })?.body;
    expect(responseV2(result)?.body.toString()).toBe('yes');
    expect(rest([])?.toString()).not.toBe('yes');
    expect(rest(['text/html'])?.toString()).toBe('yes');
    expect(rest(['*/*'])?.toString()).toBe('yes');
  });

  it.each(['{"statusCode":"many"}', '{"statusCode":200,"headers":[]}'])(
    'of format 2.0 is refused if it is invalid: %s',
    (result) => {
      expect(responseV2(result)).toBeUndefined();
    },
  );

  it.each(['null', '"text"', '{"body":"no status"}', '{"statusCode":200,"body":{}}'])(
    'of format 1.0 is refused if it is invalid: %s',
    (result) => {
      expect(responseV1(result, 'rest', { accept: undefined, binaryMediaTypes: [] })).toBeUndefined();
    },
  );
});
