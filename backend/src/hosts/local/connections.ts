import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connection } from '../../http/connection.ts';

export interface ConnectionLimits {
  /** The longest time in milliseconds for which a connection that a route keeps open may be idle. */
  readonly idleTimeout: number;
  /** The longest time in milliseconds for a request of the kind `bytes` together with its response. */
  readonly bytesTimeout: number;
}

/** The connections that routes keep open. */
export interface Connections {
  /** The connection of a request. `answer` must emit `close` when the exchange is over. */
  connectionOf(incoming: IncomingMessage, answer: EventEmitter): Pick<Connection, 'keepOpen'>;
  isKeptOpen(socket: Duplex): boolean;
  /** Aborts the signals of streams and upgraded connections, which could otherwise stay open forever. */
  endStreams(): void;
  /** Destroys all kept connections. Node's server no longer tracks upgraded connections, so it cannot close them. */
  destroyAll(): void;
}

export function keptConnections({ idleTimeout, bytesTimeout }: ConnectionLimits): Connections {
  const kept = new Set<Duplex>();
  const streams = new Set<AbortController>();
  return {
    connectionOf: (incoming, answer) => ({
      keepOpen(kind) {
        const { socket } = incoming;
        const exchange = new AbortController();
        kept.add(socket);
        // Node closes the socket after this idle time, and removes the limit after the response.
        socket.setTimeout(idleTimeout);
        if (kind !== 'bytes') streams.add(exchange);
        const timer = kind === 'bytes' ? setTimeout(() => socket.destroy(), bytesTimeout) : undefined;
        const end = () => {
          clearTimeout(timer);
          kept.delete(socket);
          streams.delete(exchange);
          exchange.abort();
        };
        if (socket.destroyed) end();
        else answer.once('close', end);
        return exchange.signal;
      },
    }),
    isKeptOpen: (socket) => kept.has(socket),
    endStreams() {
      for (const exchange of streams) exchange.abort();
    },
    destroyAll() {
      for (const socket of kept) socket.destroy();
    },
  };
}
