import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { problem, refusal } from '../../http/problem.ts';
import { newRequestId } from '../ids.ts';

const LIMITS = {
  // A request that takes longer to arrive is a slow-loris, not a ticket.
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5000,
  // Ours to refuse, with a problem document.
  requireHostHeader: false,
};

/** Serves the app and resolves once it listens; rejects when it cannot. Port 0 takes any free one. */
export async function listen(app: Hono, host: string, port: number): Promise<{ server: Server; url: string }> {
  const errorHandler = () => {
    const { status, headers, body } = badRequest('The request target or the Host header is not valid.');
    return new Response(body as string, { status, headers });
  };
  const server = createServer(LIMITS, getRequestListener(app.fetch, { errorHandler }));
  server.on('clientError', refuseRaw);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Too many open files, say: connections wait, and the server lives on.
  server.on('error', (error) => console.error(JSON.stringify({ level: 'error', message: String(error) })));
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { server, url: `http://${name}:${address.port}` };
}

/** Takes no more connections, and resolves when the requests under way are answered, or after the grace time. */
export async function close(server: Server, graceMilliseconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy just now stays open for its next request; there is none to come.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const grace = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}

/** Answers what Node's parser refuses before there is a request: broken HTTP, headers beyond 16 KiB, a time-out. */
function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The request line and headers may take at most 16 KiB.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request did not arrive in time.']
        : [400, 'This is not valid HTTP.'];
  const { headers, body } = badRequest(reason, status);
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': Buffer.byteLength(String(body)) });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
  );
}

function badRequest(message: string, status = 400) {
  const requestId = newRequestId();
  const { headers, body } = problem(refusal('malformed_http', message), requestId);
  return {
    status,
    headers: { ...headers, 'x-request-id': requestId },
    body: JSON.stringify({ ...JSON.parse(String(body)), status }),
  };
}
