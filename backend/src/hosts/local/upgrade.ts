import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hono } from 'hono';
import type { Connection } from '../../http/connection.ts';
import type { Connections } from './connections.ts';
import { hasOneHost } from './host-header.ts';

/** Whether a request asks for a WebSocket. Other upgrades, such as curl's `h2c`, are ignored, as HTTP allows. */
export function asksForWebSocket({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** The time in which the caller can read the last response of a connection and close its end. */
const LINGER_MILLISECONDS = 2000;

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/**
 * Sends a request for an upgrade through the app like any other request. If no route takes over the connection, it
 * writes the app's response as plain HTTP and closes the connection. Rejects with a `TypeError` if the address is not
 * valid.
 */
export async function upgrade(
  app: Hono,
  connections: Connections,
  { incoming, socket, head }: { incoming: IncomingMessage; socket: Duplex; head: Buffer },
): Promise<void> {
  let isTaken = false;
  const connection: Connection = {
    ...connections.connectionOf(incoming, socket),
    upgrade(takeOver) {
      isTaken = true;
      takeOver({ incoming, socket, head });
    },
  };
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  if (!hasOneHost(incoming) || !HOST.test(headers.get('host') ?? '') || !incoming.url?.startsWith('/'))
    throw new TypeError('The request has no valid address.');
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { headers });
  const onEnd = (end: () => void) => void (socket.destroyed ? end() : socket.once('close', end));
  const response = await app.fetch(request, { incoming, connection, onEnd });
  if (!isTaken) await sendRaw(socket, response);
}

/** Writes a complete response to a socket that Node's HTTP server no longer handles, and closes the connection. */
export async function sendRaw(socket: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  response.headers.set('connection', 'close');
  response.headers.set('content-length', String(body.byteLength));
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  const head = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}\r\n${lines.join('\r\n')}\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  // Node notices that the caller has closed the connection only while it reads from the socket.
  socket.resume();
  // A caller that does not close its end would keep the socket and its file descriptor forever.
  setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
}
