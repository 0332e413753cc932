import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a host hands the app with a request, as Hono's environment. */
export interface HostEnvironment {
  /** Absent where an answer is complete before any of it is sent: on AWS. */
  readonly connection?: Connection;
  /** Called before an answer whose body is no text is handed over. */
  readonly markBinary?: () => void;
}

/** The caller's connection, for the routes whose requests and answers take longer than a JSON document does. */
export interface Connection {
  /**
   * From now on the connection is limited by the time that it is idle, not by the time that the request takes. The
   * signal aborts when the exchange is over, however it ended; for `stream` and `upgrade` also when the server stops.
   */
  keepOpen(kind: 'bytes' | 'stream' | 'upgrade'): AbortSignal;
  /** Hands the connection over. Absent where the request did not ask for an upgrade. */
  readonly upgrade?: (takeOver: TakeOver) => void;
}

/** Serves a connection that is HTTP no longer. It must answer the pings of its protocol: idle sockets are closed. */
export type TakeOver = (upgraded: {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  /** The first bytes after the request. */
  readonly head: Buffer;
}) => void;
