import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** A keep-alive connection that carries one request at a time. */
export interface Connection {
  /** Sends a request. Resolves with the status once the whole response has arrived. */
  ask(request: string): Promise<number>;
  close(): void;
}

/**
 * Opens a connection. Node's own HTTP client and autocannon need more time for a request than the floor needs to answer
 * it, so the benchmark would measure the client. Supports only responses with a Content-Length.
 */
export async function open(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let asked = Promise.withResolvers<number>();
  let pending: Buffer | undefined;
  let status = 0;
  let bodyLeft: number | undefined;

  /** Returns the bytes after the head, or undefined until the head is complete. */
  function readHead(data: Buffer): Buffer | undefined {
    const end = data.indexOf(HEAD_END);
    if (end === -1) return undefined;
    const head = data.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) throw new Error(`The response has no Content-Length: ${head}`);
    status = Number(head.slice(9, 12));
    bodyLeft = Number(length);
    return data.subarray(end + HEAD_END.length);
  }

  function receive(chunk: Buffer): void {
    let body: Buffer | undefined = chunk;
    if (bodyLeft === undefined) {
      const data = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
      body = readHead(data);
      pending = body === undefined ? data : undefined;
    }
    if (bodyLeft === undefined || body === undefined) return;
    bodyLeft -= body.length;
    if (bodyLeft > 0) return;
    bodyLeft = undefined;
    asked.resolve(status);
  }

  socket.on('data', (chunk) => {
    try {
      receive(chunk);
    } catch (error) {
      asked.reject(error);
    }
  });
  socket.on('error', (error) => asked.reject(error));
  socket.on('close', () => asked.reject(new Error('The server closed the connection.')));
  return {
    ask(request) {
      asked = Promise.withResolvers();
      socket.write(request, 'latin1');
      return asked.promise;
    },
    close() {
      socket.destroy();
    },
  };
}
