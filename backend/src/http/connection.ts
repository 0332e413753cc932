import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The data that a host passes to the app with each request, as Hono's environment. */
export interface HostEnvironment {
  /** Absent on AWS, because API Gateway sends a response only after it is complete. */
  readonly connection?: Connection;
  /** The app calls this before it returns a response with a binary body. */
  readonly markBinary?: () => void;
  /** Calls `end` once, when the response has been sent or the connection is closed. Absent on AWS. */
  readonly onEnd?: (end: () => void) => void;
}

/** The caller's connection, for routes whose requests and responses take longer than a JSON document. */
export interface Connection {
  /**
   * Replaces the time limit of the request by a limit for the time that the connection is idle. The returned signal
   * aborts when the exchange has ended or failed; for `stream` and `upgrade` also when the server stops.
   */
  keepOpen(kind: 'bytes' | 'stream' | 'upgrade'): AbortSignal;
  /** Passes the connection to the handler. Absent if the request did not ask for an upgrade. */
  readonly upgrade?: (takeOver: TakeOver) => void;
}

/** Serves a connection after the upgrade. It must answer the pings of its protocol: the host closes idle sockets. */
export type TakeOver = (upgraded: {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  /** The bytes that arrived together with the request, after its end. */
  readonly head: Buffer;
}) => void;
