import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../src/contract/openapi/routes.ts';
import { get, post, type Sent } from './api/host.ts';
import { localHost, sendTo } from './api/local-host.ts';

// A few thousand requests in a normal run; the longer checks of the project use many more.
const RUNS = Number(process.env.CURLEW_TEST_FUZZ ?? 2500);

let host: Awaited<ReturnType<typeof localHost>>;
let ticketId: string;
beforeAll(async () => {
  host = await localHost();
  ticketId = (await host.send(post('/tickets', { title: 'T' }))).body.id;
});
// Fails if the server logged an error, because every logged error is a defect.
afterAll(() => host.stop());

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '👋'.repeat(30),
    'a'.repeat(5000),
    '../..',
    "'; DROP TABLE tickets; --",
    '%',
    '__proto__',
  ),
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const fields = [
  'title',
  'description',
  'status',
  'priority',
  'type',
  'reporterId',
  'email',
  'assignedToId',
  'tags',
  'customFields',
  'externalId',
  'subject',
  'customerEmail',
  'category',
  'body',
  'kind',
  'authorId',
  'name',
  'role',
  'user_id',
  'id',
  'done',
  'ticketId',
  'version',
  '__proto__',
  'constructor',
];
const plausible = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 });
const body = fc.oneof(
  plausible.map((object) => JSON.stringify(object)),
  value.map((any) => JSON.stringify(any) ?? ''),
  text,
  fc.tuple(plausible, fc.nat(200)).map(([object, at]) => JSON.stringify(object).slice(0, at)),
  fc.integer({ min: 60, max: 5000 }).map((depth) => '{"customFields":'.repeat(depth)),
  fc.constantFrom('{"title":"a","title":1}', '{"customFields":{"a":1e999}}', '﻿{}', 'NaN', '[,]', '"'),
);
const header = text.map((any) => any.replace(/[^\u0020-\u007e\u00a0-\u00ff]/g, ''));
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'if-match',
    'if-none-match',
    'idempotency-key',
    'prefer',
    'x-request-id',
    'accept',
    'content-encoding',
  ),
  fc.oneof(
    header,
    fc.constantFrom('application/json', '"v1-d0"', 'W/"v1"', '*', 'k1', 'text/plain', 'gzip', 'return=minimal'),
  ),
  { maxKeys: 3 },
);
const segment = fc.oneof(
  text.map(encode),
  fc.constantFrom('%E0%A4%A', '%00', '%ff', '..', '.', '1', '99999999999999999999', 'me'),
);
const query = fc.dictionary(
  fc.constantFrom('limit', 'cursor', 'sort', 'status', 'tag', 'updatedSince', 'id', 'email', 'done', 'x'),
  fc.oneof(
    text.map(encode),
    fc.constantFrom(
      '1',
      '0',
      '-1',
      '1e9',
      'OPEN,CLOSED',
      ',',
      '%',
      '2026-01-01T00:00:00Z',
      '9999-12-31T23:59:59+23:59',
      'createdAt',
    ),
  ),
  { maxKeys: 3 },
);

const routes = ROUTES.filter(({ path }) => !path.startsWith('/docs'));
const request: fc.Arbitrary<Sent> = fc
  .record({
    route: fc.constantFrom(...routes),
    known: fc.boolean(),
    segment,
    headers,
    query,
    body,
    version: fc.constantFrom('', '/v1'),
  })
  .map((one) => {
    const path = one.route.path.replace(/\{\w+\}/g, () => (one.known ? ticketId : one.segment));
    const search = Object.entries(one.query).map(([name, text]) => `${name}=${text}`);
    return {
      method: one.route.method,
      path: `${one.version}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`,
      headers: one.headers,
      ...(one.route.body === undefined ? {} : { body: one.body }),
    };
  });

function encode(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, ''));
}

describe('malformed requests', () => {
  it(`get a clear response from every route, and store nothing if refused (${RUNS} requests)`, {
    timeout: 60_000 + RUNS * 30,
  }, async () => {
    const traces = async () => (await host.eventTypes()).length;
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const before = await traces();
        const answer = await host.send(sent);
        expect(answer.status).toBeLessThan(500);
        if (answer.status < 400) return;
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(answer.body).toMatchObject({
          status: answer.status,
          code: expect.any(String),
          type: `/docs/errors/${answer.body.code}`,
        });
        // A refused request may have created a user that it names. Such a user is harmless; nothing else may be stored.
        const left = (await host.eventTypes())
          .slice(before)
          .filter((type) => type !== 'user.created' && type !== 'user.updated');
        expect(left).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect((await host.send(get('/readyz'))).status).toBe(200);
  });

  it.each([
    ['bad UTF-8', Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])],
    ['a NUL byte', Buffer.from('{"title":"a\u0000b"}')],
    ['UTF-16', Buffer.from('{"title":"a"}', 'utf16le')],
  ])('in %s are refused', async (_, bytes) => {
    const response = await fetch(`${host.url}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed_json' });
  });

  it.each([
    ['text that is not HTTP', 'hello\r\n\r\n', 400],
    ['headers beyond 16 KiB', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a target that is not a URL', 'GET \\\\x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 400],
    ['an invalid host', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'two Content-Length headers',
      'POST /tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
    ],
  ])('%s gets a problem document, and the server closes the connection', async (_, raw, status) => {
    const answer = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.write(raw));
      socket.on('data', (chunk) => {
        received += chunk.toString();
        if (received.includes('}')) socket.end();
      });
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1))).toMatchObject({
      code: 'malformed_http',
      status,
    });
  });

  it('leave the server healthy', async () => {
    expect((await sendTo(host.url, get('/readyz'))).status).toBe(200);
  });
});
