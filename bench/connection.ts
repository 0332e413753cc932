import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * Sends one request after the other over one keep-alive connection, as long as `next` gives one. Node's own HTTP client
 * and autocannon take more time for a request than the floor does, and would be what is measured. Understands only
 * answers with a Content-Length.
 */
export function converse(port: number, next: () => string | undefined, onAnswer: (status: number) => void) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let pending: Buffer | undefined;
    let status = 0;
    let bodyLeft = -1;

    function send(): void {
      const request = next();
      if (request === undefined) socket.end();
      else socket.write(request, 'latin1');
    }

    function readHead(data: Buffer): Buffer | undefined {
      const end = data.indexOf(HEAD_END);
      if (end === -1) return undefined;
      const head = data.toString('latin1', 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) throw new Error(`An answer without Content-Length: ${head}`);
      status = Number(head.slice(9, 12));
      bodyLeft = Number(length);
      return data.subarray(end + HEAD_END.length);
    }

    function receive(chunk: Buffer): void {
      let rest = chunk;
      if (bodyLeft === -1) {
        const data = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
        const body = readHead(data);
        pending = body === undefined ? data : undefined;
        if (body === undefined) return;
        rest = body;
      }
      bodyLeft -= rest.length;
      if (bodyLeft > 0) return;
      bodyLeft = -1;
      onAnswer(status);
      send();
    }

    socket.on('connect', send);
    socket.on('data', (chunk) => {
      try {
        receive(chunk);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
