import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connection } from '../../http/connection.ts';

export interface ConnectionLimits {
  /** How long nothing may be sent or received on a connection that was kept open. */
  readonly idleTimeout: number;
  /** How long a request and its answer of the kind `bytes` may take together. */
  readonly bytesTimeout: number;
}

/** The connections that routes keep open. */
export interface Connections {
  /** The connection of a request; `answer` emits `close` when the exchange is over. */
  connectionOf(incoming: IncomingMessage, answer: EventEmitter): Pick<Connection, 'keepOpen'>;
  isKeptOpen(socket: Duplex): boolean;
  /** Ends streams and upgraded connections, which would go on for good. */
  endStreams(): void;
  /** Cuts off all of them, upgraded ones too, which the server does not know any more. */
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
        // Node ends a socket that was idle for so long, and takes the limit back after the answer.
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
