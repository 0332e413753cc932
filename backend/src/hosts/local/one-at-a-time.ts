import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The most requests of a connection that wait for the responses to earlier ones. */
const MOST_WAITING = 32;

interface Line {
  readonly waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Handles the requests of each connection one at a time: a request starts when the response before it has been handed
 * to the operating system. A client can send requests without reading the responses (HTTP pipelining), and each
 * response would take memory until it is read. While requests wait, nothing is read from the connection. A connection
 * with more than `MOST_WAITING` waiting requests is closed; RFC 9112, 9.3.2 lets a server do that, and the client
 * repeats the requests without a response.
 *
 * `onStart` is called at the start of each request. The function that it returns is called when the request is over.
 */
export function oneAtATime(listener: RequestListener, onStart: (socket: Socket) => () => void): RequestListener {
  const lines = new WeakMap<Socket, Line>();

  function start(line: Line, socket: Socket, incoming: IncomingMessage, outgoing: ServerResponse): void {
    const end = onStart(socket);
    outgoing.once('close', () => {
      end();
      const next = socket.destroyed ? undefined : line.waiting.shift();
      if (next === undefined) lines.delete(socket);
      else start(line, socket, ...next);
      if (line.waiting.length > 0) socket.pause();
      else socket.resume();
    });
    void listener(incoming, outgoing as ServerResponse & { req: IncomingMessage });
  }

  return (incoming, outgoing) => {
    const { socket } = incoming;
    // The parser still reports the requests that it read before the connection was closed.
    if (socket.destroyed) return;
    const line = lines.get(socket);
    if (line === undefined) {
      const first: Line = { waiting: [] };
      lines.set(socket, first);
      start(first, socket, incoming, outgoing);
    } else if (line.waiting.length < MOST_WAITING) {
      line.waiting.push([incoming, outgoing]);
      socket.pause();
    } else {
      line.waiting.length = 0;
      socket.destroy();
    }
  };
}
