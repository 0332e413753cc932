import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Aborted, apiClient, NoAnswer, Unauthenticated, type Wait } from './api-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A client of a server that answers each request with the next handler, and repeats the last one. */
async function clientOf(handlers: readonly Handler[], timeoutMilliseconds = 10_000) {
  const seen: IncomingMessage[] = [];
  const pauses: number[] = [];
  const waits: Wait[] = [];
  server = createServer((request, response) => {
    const handler = handlers[Math.min(seen.length, handlers.length - 1)];
    seen.push(request);
    handler?.(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk`;
  const api = apiClient(url, {
    token: 'a-token',
    timeoutMilliseconds,
    pause: async (milliseconds) => pauses.push(milliseconds),
    onWait: (wait) => waits.push(wait),
  });
  return { api, seen, pauses, waits, url };
}

const answering =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body === '' ? '' : JSON.stringify(body));
const problem = (status: number, code: string, headers = {}) =>
  answering(status, { code, detail: `It is ${code}.` }, headers);
const hangingUp: Handler = (request) => request.socket.destroy();
const hanging: Handler = () => {};
const nonsense: Handler = (_, response) => response.writeHead(200).end('<html>');
const cutOff: Handler = (request, response) => {
  response.writeHead(201, { 'content-length': '100' }).write('{"id":', () => request.socket.destroy());
};

test('sends JSON below the address, and returns status, body and next page', async () => {
  const { api, seen } = await clientOf([
    answering(200, [1], { link: '</desk/v1/tickets?cursor=a>; rel="next"' }),
    answering(412, { code: 'precondition_failed', detail: '' }),
    answering(204, ''),
  ]);
  expect(await api('GET', 'v1/tickets')).toEqual({ status: 200, body: [1], next: '/desk/v1/tickets?cursor=a' });
  expect(await api('PATCH', 'v1/tickets/1', { body: {}, ifMatch: '"v1"' })).toMatchObject({ status: 412 });
  expect(await api('PATCH', '/desk/v1/tickets/1', { body: {} })).toMatchObject({ status: 204, body: undefined });
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /desk/v1/tickets',
    'PATCH /desk/v1/tickets/1',
    'PATCH /desk/v1/tickets/1',
  ]);
  expect(seen.map(({ headers }) => headers['if-match'])).toEqual([undefined, '"v1"', undefined]);
  expect(seen[1]?.headers['content-type']).toBe('application/json');
});

test.each([
  ['closes the connection', hangingUp],
  ['closes the connection during the response', cutOff],
  ['answers nonsense', nonsense],
  ['limits the rate', problem(429, 'rate_limited')],
  ['times out reading the request', answering(408)],
  ['fails', problem(500, 'internal')],
  ['is behind a failing proxy', (_, response) => response.writeHead(502).end('Bad gateway')],
  ['is still processing the first try', problem(409, 'idempotency_in_flight')],
] satisfies [string, Handler][])('retries with the same Idempotency-Key if the server %s', async (_, bad) => {
  const { api, seen, pauses } = await clientOf([bad, bad, answering(201, { id: 'a' })]);
  expect(await api('POST', 'v1/tickets', { body: {} })).toMatchObject({ status: 201, body: { id: 'a' } });
  const keys = new Set(seen.map(({ headers }) => headers['idempotency-key']));
  expect(seen).toHaveLength(3);
  expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(pauses).toHaveLength(2);
});

test('makes a new Idempotency-Key for each request', async () => {
  const { api, seen } = await clientOf([answering(201)]);
  await Promise.all([api('POST', 'a', { body: {} }), api('POST', 'a', { body: {} })]);
  expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
});

test('gives up on a server that hangs', async () => {
  const { api, pauses } = await clientOf([hanging], 20);
  await expect(api('GET', 'a')).rejects.toThrow(new NoAnswer('no answer within 0.02 s (6 tries)'));
  expect(pauses).toHaveLength(5);
});

test('waits longer before each retry, with jitter', async () => {
  const { api, pauses } = await clientOf([problem(503, 'busy')]);
  await expect(api('GET', 'a')).rejects.toThrow('503: It is busy. (6 tries)');
  expect(pauses).toHaveLength(5);
  for (const [i, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(125 * 2 ** i);
    expect(pause).toBeLessThanOrEqual(250 * 2 ** i);
  }
});

test.each([
  ['3', 3],
  ['86400', 30],
  ['-1', 0],
  ['soon', 0],
  [new Date(Date.now() + 3_600_000).toUTCString(), 30],
])('waits as long as Retry-After: %s says, up to 30 s', async (retryAfter, seconds) => {
  const { api, pauses } = await clientOf([problem(429, 'rate_limited', { 'retry-after': retryAfter }), answering(200)]);
  await api('GET', 'a');
  expect(Math.floor((pauses[0] ?? 0) / 1000)).toBe(seconds);
});

test.each([
  [400, 'invalid_request'],
  [404, 'not_found'],
  [409, 'external_id_taken'],
  [412, 'precondition_failed'],
  [422, 'idempotency_key_reused'],
])('returns status %i without a retry', async (status, code) => {
  const { api, seen } = await clientOf([problem(status, code)]);
  expect(await api('POST', 'a', { body: {} })).toMatchObject({ status, body: { code } });
  expect(seen).toHaveLength(1);
});

test('does not follow a redirect', async () => {
  const { api, seen } = await clientOf([answering(301, '', { location: '/elsewhere' })]);
  expect(await api('POST', 'a', { body: {} })).toMatchObject({ status: 301 });
  expect(seen).toHaveLength(1);
});

test('reports a refused connection', async () => {
  const { api } = await clientOf([hanging]);
  await new Promise((resolve) => server?.close(resolve));
  await expect(api('GET', 'a', { tries: 2 })).rejects.toThrow(new NoAnswer('the connection was refused (2 tries)'));
});

test('sends the token, and throws without a retry if the server refuses it', async () => {
  const { api, seen } = await clientOf([answering(200), problem(401, 'unauthenticated')]);
  await api('GET', 'v1/me');
  expect(seen[0]?.headers.authorization).toBe('Bearer a-token');
  await expect(api('GET', 'v1/me')).rejects.toThrow(Unauthenticated);
  expect(seen).toHaveLength(2);
});

test('says why it waits and for how long', async () => {
  const limited = answering(429, { code: 'rate_limited', detail: 'The limit is used up.' }, { 'retry-after': '7' });
  const { api, pauses, waits } = await clientOf([limited, answering(200)]);
  await api('GET', 'a');
  expect(waits).toEqual([{ reason: '429: The limit is used up.', milliseconds: pauses[0] }]);
});

test('does not give up while the server limits the rate', async () => {
  const limited = Array.from({ length: 20 }, () => problem(429, 'rate_limited', { 'retry-after': '30' }));
  const { api, pauses } = await clientOf([...limited, answering(200)]);
  expect(await api('GET', 'a')).toMatchObject({ status: 200 });
  expect(pauses).toHaveLength(20);
});

test.each([
  ['a request', hanging],
  ['a wait', problem(503, 'busy', { 'retry-after': '30' })],
] satisfies [string, Handler][])('the signal ends %s at once', async (_, handler) => {
  const { url } = await clientOf([handler]);
  const stop = new AbortController();
  const api = apiClient(url, { signal: stop.signal, onWait: () => stop.abort() });
  const answer = api('GET', 'a');
  if (handler === hanging) server?.once('request', () => stop.abort());
  await expect(answer).rejects.toThrow(Aborted);
  await expect(api('GET', 'a')).rejects.toThrow(Aborted);
});
