import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appOfKinds, KEY, UPLOAD_BYTES, type Watched } from '../../../test/route-kinds.ts';
import { acceptOf } from '../../../test/web-socket.ts';
import { type Listening, listen } from './server.ts';

const MEBIBYTE = 1024 * 1024;
const FIFTY = 50 * MEBIBYTE;
// The socket buffers of both ends fit into this with a margin. A body held in memory would need the full 50 MiB.
const MOST_IN_FLIGHT = 25 * MEBIBYTE;

let server: Listening;
let watched: Watched;

async function start(limits: Parameters<typeof listen>[3] = {}): Promise<void> {
  const kinds = appOfKinds();
  watched = kinds.watched;
  server = await listen(kinds.app, '127.0.0.1', 0, limits);
}
beforeEach(() => start());
afterEach(() => server.close(0));

function send(path: string, { headers = {}, ...options }: RequestOptions = {}) {
  const sent = request(server.url + path, { agent: false, ...options, headers: { ...KEY, ...headers } });
  const answer = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject));
  answer.catch(() => {});
  return { sent, answer };
}

const textOf = async (answer: IncomingMessage) => Buffer.concat(await answer.toArray()).toString();

/** Reads from a raw connection until `text` has arrived. Resolves with all data since the call. */
async function readUntil(socket: Socket, text: string): Promise<string> {
  let all = '';
  socket.on('data', (data) => {
    all += data.toString('latin1');
  });
  await vi.waitFor(() => expect(all).toContain(text), { timeout: 60_000 });
  return all;
}

function connected(): Socket {
  return connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
}

describe('bytes', () => {
  it('are read as they arrive: memory never holds a whole upload', async () => {
    const { sent, answer } = send('/v1/files', { method: 'POST' });
    let made = 0;
    let mostInFlight = 0;
    function* chunks() {
      while (made < FIFTY) {
        made += 64 * 1024;
        yield Buffer.alloc(64 * 1024, 1);
        mostInFlight = Math.max(mostInFlight, made - watched.uploaded);
      }
    }
    await pipeline(Readable.from(chunks()), sent);
    const reply = await answer;
    expect(reply.statusCode).toBe(201);
    expect(JSON.parse(await textOf(reply))).toMatchObject({ size: FIFTY });
    expect(mostInFlight).toBeLessThan(MOST_IN_FLIGHT);
  });

  it('are sent as the caller reads them: memory never holds a whole download', async () => {
    const { sent, answer } = send(`/v1/files/${FIFTY}`);
    sent.end();
    const reply = await answer;
    expect(reply.headers).toMatchObject({ 'content-type': 'text/plain; charset=latin1' });
    let taken = 0;
    let mostInFlight = 0;
    for await (const chunk of reply) {
      taken += chunk.length;
      mostInFlight = Math.max(mostInFlight, watched.downloaded - taken);
    }
    expect(taken).toBe(FIFTY);
    expect(mostInFlight).toBeLessThan(MOST_IN_FLIGHT);
    await vi.waitFor(() => expect(watched.signals[0]?.aborted).toBe(true));
  });

  it('wait for a caller that does not read, and end when the caller disconnects', async () => {
    const { sent, answer } = send(`/v1/files/${FIFTY * 4}`);
    sent.end();
    const reply = await answer;
    expect(watched.signals[0]?.aborted).toBe(false);
    reply.destroy();
    await vi.waitFor(() => expect(watched.signals[0]?.aborted).toBe(true));
    expect(watched.downloaded).toBeLessThan(FIFTY * 4);
  });

  it('are returned unchanged', async () => {
    const body = new Uint8Array([0, 0xff, 0xfe, 0x80, 10, 13]);
    const answer = await fetch(`${server.url}/files/logo`, { method: 'PUT', body, headers: KEY });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(body);
  });

  it('have a size limit: a larger Content-Length is refused before the body is read', async () => {
    const { sent, answer } = send('/v1/files', { method: 'POST', headers: { 'content-length': UPLOAD_BYTES + 1 } });
    sent.on('error', () => {});
    sent.flushHeaders();
    const reply = await answer;
    expect([reply.statusCode, reply.headers.connection]).toEqual([413, 'close']);
    expect(JSON.parse(await textOf(reply))).toMatchObject({
      code: 'body_too_large',
      detail: `The body may have at most ${UPLOAD_BYTES} bytes.`,
    });
    expect(watched.uploaded).toBe(0);
  });

  it('have a size limit: a body without a Content-Length is refused at the first byte beyond it', async () => {
    const { sent, answer } = send('/v1/files/logo', { method: 'PUT' });
    sent.write(Buffer.alloc(1000));
    sent.write(Buffer.alloc(1));
    const reply = await answer;
    expect(reply.statusCode).toBe(413);
    sent.destroy();
  });

  it('may not be compressed', async () => {
    const headers = { ...KEY, 'content-encoding': 'gzip' };
    const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: 'x', headers });
    expect(answer.status).toBe(415);
  });

  it('end the connection if their source fails, and only the log has the cause', async () => {
    const { sent, answer } = send('/v1/files/broken');
    sent.end();
    const reply = await answer;
    await expect(textOf(reply)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(JSON.stringify(watched.log)).toContain('a secret path');
  });

  it('are not produced for a HEAD request', async () => {
    const answer = await fetch(`${server.url}/v1/files/1000`, { method: 'HEAD', headers: KEY });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(watched.downloaded).toBe(0);
  });
});

describe('the time limit of requests', () => {
  it('ends a slow JSON request, but no upload in progress and no stream', async () => {
    await server.close(0);
    await start({ requestTimeout: 2000, headersTimeout: 2000, connectionsCheckingInterval: 50 });
    const slow = connected();
    slow.write('POST /v1/text HTTP/1.1\r\nhost: localhost\r\n');
    const events = send('/v1/events');
    events.sent.end();
    const stream = await events.answer;
    const upload = send('/v1/files', { method: 'POST' });
    for (let i = 0; i < 30; i++) {
      upload.sent.write('more');
      await wait(100);
    }
    expect(await readUntil(slow, 'malformed_http')).toMatch(/^HTTP\/1\.1 408 /);
    upload.sent.end();
    expect((await upload.answer).statusCode).toBe(201);
    const last = stream.toArray();
    watched.goOn();
    await vi.waitFor(() => expect(watched.log).toHaveLength(2));
    await server.close(0);
    expect(Buffer.concat(await last).toString()).toContain('data: first');
  });

  it('does not apply to an upload, which has a limit for idle time', async () => {
    await server.close(0);
    await start({ idleTimeout: 50 });
    const upload = send('/v1/files', { method: 'POST' });
    upload.sent.write('no more comes');
    await expect(upload.answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    await vi.waitFor(() => expect(watched.signals[0]?.aborted).toBe(true));
  });

  it('does not apply to an upload, which has a limit for its whole time', async () => {
    await server.close(0);
    await start({ bytesTimeout: 50 });
    const upload = send('/v1/files', { method: 'POST' });
    upload.sent.write('no more comes');
    await expect(upload.answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a stream', () => {
  it('sends each event when it happens, and aborts the handler’s signal when the caller disconnects', async () => {
    const { sent, answer } = send('/v1/events');
    sent.end();
    const reply = await answer;
    expect(reply.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let text = '';
    reply.on('data', (data) => {
      text += data;
    });
    await vi.waitFor(() => expect(text).toContain('id: 1\nevent: ticket\ndata: first\ndata: of two lines\n\n'));
    expect(text).not.toContain('second');
    watched.goOn();
    await vi.waitFor(() => expect(text).toContain('id: 2\ndata: second\n\n'));
    expect(watched.signals[0]?.aborted).toBe(false);
    reply.destroy();
    await vi.waitFor(() => expect(watched.signals[0]?.aborted).toBe(true));
  });

  it('ends at once when the server stops', async () => {
    const { sent, answer } = send('/v1/events');
    sent.end();
    const reply = await answer;
    const text = textOf(reply);
    await server.close(60_000);
    expect(await text).toContain('data: first');
  });

  it('requires authentication', async () => {
    const answer = await fetch(`${server.url}/v1/events`);
    expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 'unauthenticated' })]);
  });
});

describe('an upgrade', () => {
  const NONCE = 'dGhlIHNhbXBsZSBub25jZQ==';

  function ask(path: string, headers: Readonly<Record<string, string>> = KEY): Socket {
    const socket = connected();
    const all = {
      host: 'localhost',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': NONCE,
      'sec-websocket-version': '13',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    return socket;
  }

  /** A masked WebSocket text frame. `text` has at most 125 bytes. */
  function frame(text: string): Buffer {
    const mask = [1, 2, 3, 4];
    const masked = Buffer.from(text).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    return Buffer.concat([Buffer.from([0x81, 0x80 | masked.length, ...mask]), masked]);
  }

  it('gives the connection to the route', async () => {
    const socket = ask('/v1/socket');
    const head = await readUntil(socket, '\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).toContain(acceptOf(NONCE));
    socket.write(frame('hello'));
    await readUntil(socket, '\x81\x05hello');
    expect(watched.log).toContainEqual(expect.objectContaining({ path: '/v1/socket', status: 101 }));
    expect(watched.signals[0]?.aborted).toBe(false);
    socket.end();
    await vi.waitFor(() => expect(watched.signals[0]?.aborted).toBe(true));
  });

  async function refused(socket: Socket) {
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), head, problem: JSON.parse(body) };
  }

  it('without credentials or a route is refused with a problem document, and the connection is closed', async () => {
    const stranger = await refused(ask('/v1/socket', { 'x-request-id': 'mine' }));
    expect(stranger).toMatchObject({ status: 401, problem: { code: 'unauthenticated', requestId: 'mine' } });
    expect(stranger.head).toContain('content-type: application/problem+json');
    expect(await refused(ask('/v1/nowhere'))).toMatchObject({ status: 404, problem: { code: 'route_not_found' } });
    expect(await refused(ask('/v1/socket', { ...KEY, host: 'a@b' }))).toMatchObject({ status: 400 });
    expect(watched.signals).toEqual([]);
  });

  it('is required by a route of the kind upgrade: a plain request gets 426', async () => {
    const answer = await fetch(`${server.url}/v1/socket`, { headers: KEY });
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
    expect(await answer.json()).toMatchObject({ code: 'malformed_http', status: 426 });
  });

  it('to another protocol is ignored', async () => {
    const { sent, answer } = send('/v1/text', { headers: { connection: 'Upgrade', upgrade: 'h2c' } });
    sent.end();
    expect(await textOf(await answer)).toBe('zwölf');
  });

  it('ends when the server stops', async () => {
    const socket = ask('/v1/socket');
    await readUntil(socket, '\r\n\r\n');
    await server.close(0);
    expect(watched.signals[0]?.aborted).toBe(true);
  });
});
