import { createSecretKey } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { keyedMutex } from '@curlew/core/kernel';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bind, createApp, type Platform } from '../../http/app.ts';
import { routesFor } from '../../http/contract.ts';
import { oneKey } from '../../http/cursor.ts';
import { inFlight } from '../../http/in-flight.ts';
import { bytes } from '../../http/reply.ts';
import { type Listening, listen } from './server.ts';

const MEBIBYTE = 1024 * 1024;

let server: Listening;
let calls: string[];
const sockets: Socket[] = [];

/** Serves `/large` with 16 MiB, more than the buffers of both ends of a connection, and `/small`. */
async function start(limits: Parameters<typeof listen>[3] = {}): Promise<void> {
  calls = [];
  const large = new Uint8Array(16 * MEBIBYTE);
  const app = new Hono();
  app.get('/large', () => {
    calls.push('large');
    return new Response(large);
  });
  app.all('/:name', async (c) => {
    const body = await c.req.text();
    calls.push(`${c.req.param('name')}${body}`);
    return c.text(`this is ${c.req.param('name')}.`);
  });
  server = await listen(app, '127.0.0.1', 0, limits);
}

function connected(): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  return socket;
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000 });
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** Resolves when the server has closed the connection. */
const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()).resume());

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close(0);
});

describe('requests on one connection', () => {
  it('are answered in their order, also if many are sent at once', async () => {
    await start();
    const socket = connected();
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.write(Array.from({ length: 30 }, (_, i) => get(`/${i}`)).join(''));
    socket.write('POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe');
    await until(() => expect(calls).toHaveLength(30));
    socket.write(`llo${get('/last')}`);
    await until(() => expect(text).toContain('this is last.'));
    expect(calls).toEqual([...Array.from({ length: 30 }, (_, i) => String(i)), 'posthello', 'last']);
    expect(text.match(/this is \w+\./g)).toEqual([
      ...Array.from({ length: 30 }, (_, i) => `this is ${i}.`),
      'this is post.',
      'this is last.',
    ]);
  });

  it('of a client that does not read do not start until the response before them is read', async () => {
    await start();
    const socket = connected();
    socket.pause();
    for (let i = 0; i < 20; i++) socket.write(get('/large'));
    await until(() => expect(calls).toEqual(['large']));
    // A response that started too early would show here.
    const other = connected();
    other.write(get('/small'));
    await until(() => expect(calls).toEqual(['large', 'small']));
    let size = 0;
    socket.on('data', (data) => {
      size += data.length;
    });
    socket.resume();
    await until(() => expect(size).toBeGreaterThan(20 * 16 * MEBIBYTE));
    expect(calls).toHaveLength(21);
  });

  it('close it if too many wait', async () => {
    await start();
    const socket = connected();
    socket.write(get('/large').repeat(1000));
    await closed(socket);
    expect(calls).toEqual(['large']);
  });
});

it('a caller whose responses are not read gets no more than the limit of requests at the same time', async () => {
  calls = [];
  const limit = inFlight({ user: 2, organization: 10 });
  const actor = { organizationId: 'default', userId: 'usr_1', role: 'admin' } as const;
  const routes = routesFor<object>();
  const large = new Uint8Array(16 * MEBIBYTE);
  const route = routes({
    id: 'getLarge',
    right: 'tickets:read',
    method: 'GET',
    path: '/large',
    successes: [{ status: 200, mediaType: 'application/octet-stream' }],
    problems: [],
    run: async () => calls.push('large'),
    reply: () => bytes('application/octet-stream', large),
  });
  const platform: Platform = {
    authenticate: () => actor,
    basePath: '',
    inFlight: limit,
    addressOf: () => '',
    now: () => '2026-03-03T00:00:00.000Z',
    wallNow: () => '2026-03-03T00:00:00.000Z',
    newId: (prefix) => `${prefix}_1`,
    runExclusive: keyedMutex(),
    pause: async () => {},
    receipts: { find: async () => undefined } as never,
    cursorKeys: oneKey(Buffer.alloc(32)),
    fingerprintKey: async () => createSecretKey(Buffer.alloc(32)),
    log: () => {},
  };
  server = await listen(createApp(platform, [bind([route], {})]), '127.0.0.1', 0);
  const unread = [connected(), connected()];
  for (const socket of unread) socket.pause().write(get('/large'));
  await until(() => expect(calls).toHaveLength(2));
  const refused = await fetch(`${server.url}/large`);
  expect([
    refused.status,
    refused.headers.get('retry-after'),
    ((await refused.json()) as { code: string }).code,
  ]).toEqual([429, '1', 'rate_limited']);
  unread[0]?.destroy();
  await until(async () => {
    const answer = await fetch(`${server.url}/large`);
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
  });
});

describe('a connection', () => {
  it('is closed after the time limit for a response, and only then', async () => {
    await start({ responseTimeout: 300 });
    const idle = connected();
    idle.write(get('/small'));
    await until(() => expect(calls).toEqual(['small']));
    const socket = connected();
    socket.pause();
    socket.write(get('/large'));
    await until(() => expect(calls).toContain('large'));
    await wait(400);
    let size = 0;
    socket.on('data', (data) => {
      size += data.length;
    });
    await closed(socket);
    expect(size).toBeLessThan(16 * MEBIBYTE);
    expect(idle.destroyed || idle.readableEnded).toBe(false);
  });

  it('without progress is closed', async () => {
    await start({ idleTimeout: 300 });
    const socket = connected();
    socket.pause();
    socket.write(get('/large'));
    await until(() => expect(calls).toEqual(['large']));
    await wait(600);
    await closed(socket);
  });

  it('over the limit is closed at once, and another one is served later', async () => {
    await start({ maxConnections: 2 });
    const [first, second] = [connected(), connected()];
    for (const [i, socket] of [first, second].entries()) socket.write(get(`/${i}`));
    await until(() => expect(calls).toHaveLength(2));
    await closed(connected());
    first.destroy();
    await until(async () => expect((await fetch(`${server.url}/again`)).status).toBe(200));
  });

  it('that sent invalid HTTP is closed even if its client does not close its end', async () => {
    await start();
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
    sockets.push(socket);
    socket.on('error', () => {});
    socket.write('nonsense\r\n\r\n');
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    await new Promise((resolve) => socket.once('end', resolve));
    expect(text).toContain('400');
    // The reset shows that the server has released its socket.
    await until(() => {
      socket.write('x');
      expect(socket.destroyed || socket.errored !== null).toBe(true);
    });
  });
});
