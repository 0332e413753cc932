import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gatewayError, type Outgoing } from './function-response.ts';
import type { Incoming } from './request.ts';

const KEPT_MILLISECONDS = 10 * 60 * 1000;

/** Listens on loopback and answers each request with `respond`. Port 0 uses any free port. */
export async function listen(
  port: number,
  respond: (incoming: Incoming) => Promise<Outgoing>,
): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    void answer(request, response, respond);
  });
  // Tests wait for events between requests. A short keep-alive could close the connection during such a wait.
  server.keepAliveTimeout = KEPT_MILLISECONDS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (incoming: Incoming) => Promise<Outgoing>,
): Promise<void> {
  let outgoing: Outgoing;
  try {
    outgoing = await respond(await incomingOf(request));
  } catch (error) {
    // An error of the runner itself, not of a function.
    console.error(error);
    outgoing = gatewayError(599, String(error));
  }
  const { status, headers, body } = outgoing;
  const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304;
  response.writeHead(status, [...headers.flat(), ...(hasBody ? ['content-length', String(body.length)] : [])]);
  response.end(hasBody ? body : undefined);
}

async function incomingOf(request: IncomingMessage): Promise<Incoming> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers: [string, string][] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers,
    body: await buffer(request),
    sourceIp: '127.0.0.1',
  };
}
