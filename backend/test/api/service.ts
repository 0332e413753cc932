import { expect } from 'vitest';
import { get, patch, post, remove, type Sent } from './host.ts';
import type { ApiRow } from './table.ts';

const sent = (method: string, path: string): Sent => ({ method, path });

export const service: readonly ApiRow[] = [
  { name: 'OK: alive', send: get('/healthz'), status: 200, body: { status: 'ok' } },
  { name: 'OK: ready', send: get('/v1/readyz'), status: 200, body: { status: 'ok' } },
  { name: 'OK: the root leads to the documentation', send: get('/'), status: 302, headers: { location: '/docs' } },
  {
    name: 'OK: the contract as JSON',
    send: get('/openapi.json'),
    status: 200,
    body: (body: { openapi: string }) => expect(body.openapi).toBe('3.0.4'),
  },
  {
    name: 'OK: the contract as YAML',
    send: get('/openapi.yaml'),
    status: 200,
    headers: { 'content-type': 'application/yaml' },
    holds: ['openapi: 3.0.4'],
  },
  {
    name: 'OK: the documentation page loads nothing from other origins',
    send: get('/docs'),
    status: 200,
    headers: { 'content-type': /^text\/html/, 'content-security-policy': /default-src 'self'/ },
    lacks: ['https://', 'http://'],
  },
  {
    name: 'OK: the script of the documentation page',
    send: get('/docs/assets/swagger-ui-bundle.js'),
    status: 200,
    headers: { 'content-type': /javascript/, 'cache-control': 'public, max-age=3600', etag: /^"[\w-]{22}"$/ },
    holds: ['SwaggerUIBundle'],
  },
  {
    name: '304: the script that the caller already has',
    given: (send) => send(get('/docs/assets/swagger-ui-bundle.js')),
    send: (given) =>
      get('/docs/assets/swagger-ui-bundle.js', { 'if-none-match': given.headers.get('etag') ?? 'missing' }),
    status: 304,
  },
  {
    name: '304: the contract that the caller already has',
    given: (send) => send(get('/openapi.yaml')),
    send: (given) => get('/openapi.yaml', { 'if-none-match': given.headers.get('etag') ?? 'missing' }),
    status: 304,
  },
  { name: 'not_found: any other file', send: get('/docs/assets/package.json'), status: 404 },
  { name: 'not_found: a way out of the folder', send: get('/docs/assets/..%2f..%2fpackage.json'), status: 404 },
  {
    name: 'OK: the page of an error code',
    send: get('/docs/errors/ticket_closed'),
    status: 200,
    headers: { 'content-type': /^text\/html/ },
  },
  { name: 'OK: the list of problems', send: get('/docs/errors'), status: 200 },
  { name: 'not_found: the page of an unknown error code', send: get('/docs/errors/nope'), status: 404 },
  { name: 'route_not_found', send: get('/v2/tickets'), status: 404, problem: 'route_not_found' },
  {
    name: 'method_not_allowed: names the allowed methods',
    send: sent('PUT', '/v1/tickets'),
    status: 405,
    headers: { allow: 'POST, GET, HEAD, OPTIONS' },
    problem: 'method_not_allowed',
  },
  {
    name: 'method_not_allowed: also for a method that fetch does not support',
    send: sent('TRACE', '/v1/tickets'),
    status: 405,
    headers: { allow: 'POST, GET, HEAD, OPTIONS' },
    problem: 'method_not_allowed',
  },
  {
    name: 'OK: OPTIONS',
    send: sent('OPTIONS', '/tickets'),
    status: 204,
    headers: { allow: /POST/, 'access-control-allow-origin': null },
  },
  { name: 'OK: HEAD', send: sent('HEAD', '/v1/tickets'), status: 200, headers: { 'content-type': 'application/json' } },
  {
    name: 'OK: the response has the request id of the caller',
    send: get('/healthz', { 'x-request-id': 'trace-1.a' }),
    status: 200,
    headers: { 'x-request-id': 'trace-1.a' },
  },
  {
    name: 'OK: a request id that is unsafe for logs is replaced',
    send: get('/v1/nope', { 'x-request-id': 'a b"c' }),
    status: 404,
    headers: { 'x-request-id': /^req_/ },
    body: { requestId: expect.stringMatching(/^req_/) },
  },
  {
    name: 'every problem links to an existing page',
    given: (send) => send(get('/v1/tickets/nope')),
    send: (given) => get(given.body.type),
    status: 200,
    headers: { 'content-type': /^text\/html/ },
  },
  { name: 'malformed_json: broken', send: post('/tickets', '{"title":'), status: 400, problem: 'malformed_json' },
  { name: 'malformed_json: empty', send: post('/tickets', ''), status: 400, problem: 'malformed_json' },
  {
    name: 'malformed_json: too deep',
    send: post('/tickets', '['.repeat(100_000)),
    status: 400,
    problem: 'malformed_json',
  },
  {
    name: 'malformed_json: too many members',
    send: post('/tickets', Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`field${i}`, 1]))),
    status: 400,
    problem: 'malformed_json',
  },
  {
    name: 'invalid_request: more problems than one answer lists',
    send: post('/tickets', Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`field${i}`, 1]))),
    status: 400,
    problem: 'invalid_request',
    body: { detail: 'More than 100 problems; errors has the first 100.' },
  },
  {
    name: 'unsupported_media_type',
    send: post('/tickets', 'title=T', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    problem: 'unsupported_media_type',
  },
  {
    name: 'OK: the character set without a hyphen',
    send: post('/tickets', { title: 'T' }, { 'content-type': 'application/json; charset=utf8' }),
    status: 201,
    events: ['ticket.created'],
  },
  {
    name: 'invalid_request: an integer that cannot be kept exactly',
    send: post('/tickets', '{"title":"T","customFields":{"order":9007199254740993}}'),
    status: 400,
    errors: ['/customFields/order too_large'],
  },
  {
    name: 'OK: the largest integer, a long decimal number, and long digits in a text',
    send: post(
      '/tickets',
      '{"title":"9007199254740993","customFields":{"a":9007199254740991,"b":0.12345678901234567890,"c":"-9007199254740993"}}',
    ),
    status: 201,
    body: { customFields: { a: Number.MAX_SAFE_INTEGER, c: '-9007199254740993' } },
    events: ['ticket.created'],
  },
  {
    name: 'not_found: the problem has its detail as message too',
    send: get('/tickets/nope'),
    status: 404,
    body: (body: { detail: string; message: string }) => expect(body.message).toBe(body.detail),
  },
  {
    name: 'OK: null instead of an optional body',
    given: async (send) => {
      const created = await send(post('/tickets', { title: 'T' }));
      await send({ method: 'DELETE', path: `/v1/tickets/${created.body.id}` });
      return created;
    },
    send: (given) => post(`/tickets/${given.body.id}/restore`, 'null'),
    status: 200,
    events: ['ticket.restored'],
  },
  {
    name: 'unsupported_media_type: another character set',
    send: post('/tickets', '{}', { 'content-type': 'application/json; charset=latin1' }),
    status: 415,
  },
  {
    name: 'OK: the usual character set',
    send: post('/tickets', { title: 'T' }, { 'content-type': 'application/json; charset="UTF-8"' }),
    status: 201,
    events: ['ticket.created'],
  },
  {
    name: 'body_too_large',
    send: post('/tickets', { title: 'T', description: 'x'.repeat(1024 * 1024) }),
    status: 413,
    headers: { connection: 'close' },
    problem: 'body_too_large',
  },
];

/** The requests that open mode refuses on one machine. On AWS, everyone may call a deployment in open mode. */
export const openOnOneMachine: readonly ApiRow[] = [
  {
    name: 'host_not_allowed',
    send: get('/tickets', { host: 'evil.example' }),
    status: 403,
    problem: 'host_not_allowed',
  },
  {
    name: 'origin_not_allowed: a page of another origin',
    send: post('/tickets', { title: 'T' }, { origin: 'https://evil.example' }),
    status: 403,
    problem: 'origin_not_allowed',
  },
  {
    name: 'origin_not_allowed: a page of another server on this machine',
    send: post('/tickets', { title: 'T' }, { origin: 'http://localhost:5173' }),
    status: 403,
    problem: 'origin_not_allowed',
  },
  {
    name: 'OK: a page of the server itself',
    send: post('/tickets', { title: 'T' }, { host: 'localhost:3000', origin: 'http://localhost:3000' }),
    status: 201,
    events: ['ticket.created'],
  },
];

export const idempotent: readonly ApiRow[] = [
  {
    name: 'OK: a repeat gets the first response, even after a later change',
    given: async (send) => {
      const first = await send(post('/v1/tickets', { title: 'Once', externalId: 'i1' }, { 'idempotency-key': 'k1' }));
      await send(patch(`/tickets/${first.body.id}`, { title: 'Changed' }));
      return first;
    },
    send: post('/tickets', { title: 'Once', externalId: 'i1' }, { 'idempotency-key': 'k1' }),
    status: 201,
    headers: { 'idempotent-replayed': 'true', etag: '"v1-d0"', location: /^\/v1\/tickets\/tkt_/ },
    body: (body: object, given: object) => expect(body).toEqual(given),
  },
  {
    name: 'OK: the first response is not marked as replayed',
    send: post('/tickets', { title: 'T' }, { 'idempotency-key': 'k2' }),
    status: 201,
    headers: { 'idempotent-replayed': null },
    events: ['ticket.created'],
  },
  {
    name: 'idempotency_key_reused: another body',
    send: post('/tickets', { title: 'Other' }, { 'idempotency-key': 'k2' }),
    status: 422,
    problem: 'idempotency_key_reused',
  },
  {
    name: 'OK: the same key on another route is another request',
    send: post('/tasks', { title: 'T' }, { 'idempotency-key': 'k2' }),
    status: 201,
    events: ['task.created'],
  },
  {
    name: 'OK: a refused request leaves its key free',
    given: (send) => send(post('/tickets', { title: '' }, { 'idempotency-key': 'k3' })),
    send: post('/tickets', { title: 'Better' }, { 'idempotency-key': 'k3' }),
    status: 201,
    events: ['ticket.created'],
  },
  {
    name: 'OK: a repeated PATCH neither changes again nor fails on its own If-Match',
    given: async (send) => {
      const ticket = await send(post('/tickets', { title: 'T' }));
      await send(patch(`/tickets/${ticket.body.id}`, { title: 'U' }, { 'idempotency-key': 'k4', 'if-match': '"v1"' }));
      return ticket;
    },
    send: (given) =>
      patch(`/tickets/${given.body.id}`, { title: 'U' }, { 'idempotency-key': 'k4', 'if-match': '"v1"' }),
    status: 200,
    headers: { 'idempotent-replayed': 'true', etag: '"v2-d0"' },
  },
  {
    name: 'OK: the response to a PATCH without a change is stored too',
    given: async (send) => {
      const ticket = await send(post('/tickets', { title: 'T' }));
      await send(patch(`/tickets/${ticket.body.id}`, { title: 'T' }, { 'idempotency-key': 'k5' }));
      return ticket;
    },
    send: (given) => patch(`/tickets/${given.body.id}`, { title: 'T' }, { 'idempotency-key': 'k5' }),
    status: 200,
    headers: { 'idempotent-replayed': 'true' },
  },
  {
    name: 'OK: a repeated 204 is a 204',
    given: async (send) => {
      const user = await send(post('/users', { id: 'idem' }, { 'idempotency-key': 'k6' }));
      await send(patch('/users/idem', { name: 'I' }, { 'idempotency-key': 'k6', prefer: 'return=minimal' }));
      return user;
    },
    send: patch('/users/idem', { name: 'I' }, { 'idempotency-key': 'k6', prefer: 'return=minimal' }),
    status: 204,
    headers: { 'idempotent-replayed': 'true' },
  },
  {
    name: 'OK: messages and restores are replayed too',
    given: async (send) => {
      const ticket = await send(post('/tickets', { title: 'T' }));
      await send(post(`/tickets/${ticket.body.id}/messages`, { body: 'a' }, { 'idempotency-key': 'k7' }));
      await send(remove(`/tickets/${ticket.body.id}`));
      await send(post(`/tickets/${ticket.body.id}/restore`, undefined, { 'idempotency-key': 'k7' }));
      const again = await send(post(`/tickets/${ticket.body.id}/restore`, undefined, { 'idempotency-key': 'k7' }));
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      return ticket;
    },
    send: (given) => post(`/tickets/${given.body.id}/messages`, { body: 'a' }, { 'idempotency-key': 'k7' }),
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
  },
  {
    name: 'invalid_request: a key of more than 255 characters',
    send: post('/tickets', { title: 'T' }, { 'idempotency-key': 'k'.repeat(256) }),
    status: 400,
    errors: ['/header/Idempotency-Key invalid_format'],
  },
  {
    name: 'invalid_request: a key that is not ASCII',
    send: post('/tickets', { title: 'T' }, { 'idempotency-key': 'ä' }),
    status: 400,
    errors: ['/header/Idempotency-Key invalid_format'],
  },
];
