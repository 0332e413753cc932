import type { TakeOver } from './connection.ts';

/** A response, ready to be sent or stored. It is the same on every host. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is read as fast as the caller takes it. Receipts hold text only. */
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Whether the body is binary, so that a Lambda function encodes it as base64. */
  readonly isBinary?: true;
  /** Only of a route of the kind `upgrade`. */
  readonly takeOver?: TakeOver;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: `${JSON.stringify(value)}\n` };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: null };
}

/** The answer of a route of the kind `bytes`. */
export function bytes(
  mediaType: string,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status: 200, headers: { 'content-type': mediaType, ...headers }, body, isBinary: true };
}

/** The answer of a route of the kind `upgrade`: `takeOver` writes the 101 response itself. */
export function upgrade(takeOver: TakeOver): Reply {
  return { status: 101, headers: {}, body: null, takeOver };
}
