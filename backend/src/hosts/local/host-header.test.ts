import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, listen } from './server.ts';

let server: Listening;
beforeAll(async () => {
  server = await listen(
    new Hono().get('/', (c) => c.text('OK')),
    '127.0.0.1',
    0,
  );
});
afterAll(() => server.close(0));

/** Sends a request as it is written, and returns the whole response. */
function sendRaw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(request));
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}

it.each([
  ['HTTP/1.1 with one Host header', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 200],
  ['HTTP/1.0 without a Host header', 'GET / HTTP/1.0\r\n\r\n', 200],
  ['HTTP/1.0 with one Host header', 'GET / HTTP/1.0\r\nhost: a\r\n\r\n', 200],
  ['HTTP/1.1 without a Host header', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['two Host headers', 'GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\nConnection: close\r\n\r\n', 400],
  ['two equal Host headers', 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['an empty Host header', 'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', 400],
  [
    'an upgrade with two Host headers',
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    400,
  ],
  ['a body behind two Host headers', 'POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 1000000\r\n\r\nx', 400],
])('a request of %s', async (_, request, status) => {
  const text = await sendRaw(request);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  if (status === 400) expect(text).toContain('"code":"malformed_http"');
});
