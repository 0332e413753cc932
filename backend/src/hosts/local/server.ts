import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { problem, refusal } from '../../http/problem.ts';
import { newRequestId } from '../ids.ts';
import { keptConnections } from './connections.ts';
import { hasOneHost } from './host-header.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { asksForWebSocket, sendRaw, upgrade } from './upgrade.ts';

const LIMITS = {
  // A JSON request that takes longer to arrive is probably a slow-loris attack. Other kinds of routes lift this limit.
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5000,
  // Long enough for a handler that checks a whole upload before it answers.
  idleTimeout: 120_000,
  bytesTimeout: 60 * 60 * 1000,
  // A client that takes longer to read a JSON response only occupies memory. Other kinds of routes lift this limit.
  responseTimeout: 5 * 60 * 1000,
  // Each connection can hold one response that its client does not read.
  maxConnections: 2000,
};

export interface Listening {
  readonly url: string;
  /** Accepts no more connections. Resolves when all running requests are answered, or after the grace time. */
  close(graceMilliseconds: number): Promise<void>;
}

/** Serves the app. Resolves when the server listens, and rejects if it cannot. Port 0 selects any free port. */
export async function listen(
  app: Hono,
  host: string,
  port: number,
  limits: Partial<typeof LIMITS> = {},
): Promise<Listening> {
  const { idleTimeout, bytesTimeout, responseTimeout, maxConnections, ...serverLimits } = { ...LIMITS, ...limits };
  const connections = keptConnections({ idleTimeout, bytesTimeout });
  const answer = getRequestListener(
    (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      const connection = connections.connectionOf(incoming, outgoing);
      const onEnd = (end: () => void) => void (outgoing.destroyed ? end() : outgoing.once('close', end));
      return app.fetch(request, { incoming, connection, onEnd });
    },
    // A request without a Host header is valid in HTTP/1.0.
    { errorHandler: badAddress, hostname: 'localhost' },
  );
  const server = createServer(
    {
      ...serverLimits,
      // Node would reject a request without a Host header itself. This server rejects it with a problem document.
      requireHostHeader: false,
      shouldUpgradeCallback: asksForWebSocket,
    },
    oneAtATime(withOneHost(answer), (socket) => {
      const timer = setTimeout(() => {
        if (!connections.isKeptOpen(socket)) socket.destroy();
      }, responseTimeout);
      return () => clearTimeout(timer);
    }),
  );
  server.maxConnections = maxConnections;
  // Destroys a connection without any progress. Between requests `keepAliveTimeout` applies instead.
  server.timeout = idleTimeout;
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    // Node reports this timeout once for each request. Connections that a route keeps open have their own limits.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && connections.isKeptOpen(socket)) return;
    refuseRaw(error, socket);
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.on('timeout', () => socket.destroy());
    (socket as Socket).setTimeout(idleTimeout);
    upgrade(app, connections, { incoming, socket, head }).catch((error) => {
      if (error instanceof TypeError) {
        void sendRaw(socket, badAddress());
        return;
      }
      socket.destroy();
      console.error(JSON.stringify({ level: 'error', message: 'upgrade failed', error: String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // For example, too many open files: new connections wait, and the server continues to run.
  server.on('error', (error) => console.error(JSON.stringify({ level: 'error', message: String(error) })));
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    async close(graceMilliseconds) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      connections.endStreams();
      // After a response, a connection waits for a next request. The interval closes connections that become idle.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const grace = setTimeout(() => {
        server.closeAllConnections();
        connections.destroyAll();
      }, graceMilliseconds);
      await closed;
      clearInterval(idle);
      clearTimeout(grace);
    },
  };
}

/** Answers 400 to a request without exactly one Host header. */
function withOneHost(listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    if (hasOneHost(incoming)) return listener(incoming, outgoing);
    const refused = badRequest('The request must have exactly one Host header.');
    outgoing.writeHead(refused.status, { ...Object.fromEntries(refused.headers), connection: 'close' });
    void refused.text().then((text) => outgoing.end(text));
  };
}

function badAddress(): Response {
  return badRequest('The request target or the Host header is not valid.');
}

/** Answers the errors of Node's parser, which have no request object: invalid HTTP, headers over 16 KiB, a timeout. */
function refuseRaw(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The request line and headers may take at most 16 KiB.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request did not arrive in time.']
        : [400, 'The request is not valid HTTP.'];
  void sendRaw(socket, badRequest(reason, status));
}

function badRequest(message: string, status = 400): Response {
  const requestId = newRequestId();
  const { headers, body } = problem(refusal('malformed_http', message, { status }), requestId);
  return new Response(body, { status, headers: { ...headers, 'x-request-id': requestId } });
}
