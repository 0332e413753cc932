import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { problem, refusal } from '../../http/problem.ts';
import { newRequestId } from '../ids.ts';
import { keptConnections } from './connections.ts';
import { asksForWebSocket, sendRaw, upgrade } from './upgrade.ts';

const LIMITS = {
  // A request that takes longer to arrive is a slow-loris, not a ticket. Routes of other kinds than JSON keep it open.
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5000,
  // Long enough for a handler that looks at a whole upload before it answers.
  idleTimeout: 120_000,
  bytesTimeout: 60 * 60 * 1000,
};

export interface Listening {
  readonly url: string;
  /** Takes no more connections, and resolves when the requests under way are answered, or after the grace time. */
  close(graceMilliseconds: number): Promise<void>;
}

/** Serves the app and resolves once it listens; rejects when it cannot. Port 0 takes any free one. */
export async function listen(
  app: Hono,
  host: string,
  port: number,
  limits: Partial<typeof LIMITS> = {},
): Promise<Listening> {
  const { idleTimeout, bytesTimeout, ...serverLimits } = { ...LIMITS, ...limits };
  const connections = keptConnections({ idleTimeout, bytesTimeout });
  const answer = getRequestListener(
    (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      return app.fetch(request, { incoming, connection: connections.connectionOf(incoming, outgoing) });
    },
    { errorHandler: badAddress },
  );
  const server = createServer(
    {
      ...serverLimits,
      // Ours to refuse, with a problem document.
      requireHostHeader: false,
      shouldUpgradeCallback: asksForWebSocket,
    },
    answer,
  );
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    // Node says so once for each request; the limits of kept connections take over.
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
  // Too many open files, say: connections wait, and the server lives on.
  server.on('error', (error) => console.error(JSON.stringify({ level: 'error', message: String(error) })));
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    async close(graceMilliseconds) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      connections.endStreams();
      // A connection that was busy just now stays open for its next request; there is none to come.
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

function badAddress(): Response {
  return badRequest('The request target or the Host header is not valid.');
}

/** Answers what Node's parser refuses before there is a request: broken HTTP, headers beyond 16 KiB, a time-out. */
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
        : [400, 'This is not valid HTTP.'];
  void sendRaw(socket, badRequest(reason, status));
}

function badRequest(message: string, status = 400): Response {
  const requestId = newRequestId();
  const { headers, body } = problem(refusal('malformed_http', message, { status }), requestId);
  return new Response(body, { status, headers: { ...headers, 'x-request-id': requestId } });
}
