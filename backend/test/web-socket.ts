import { createHash } from 'node:crypto';
import type { TakeOver } from '../src/http/connection.ts';

/** The value of `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key` (RFC 6455, section 1.3). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** A minimal WebSocket server that echoes short text frames. */
export const acceptWebSocket: TakeOver = ({ incoming, socket, head }) => {
  const accept = acceptOf(String(incoming.headers['sec-websocket-key']));
  const lines = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade'];
  socket.write(`${[...lines, `sec-websocket-accept: ${accept}`].join('\r\n')}\r\n\r\n`);
  let unread = head;
  const echo = (data: Buffer) => {
    unread = Buffer.concat([unread, data]);
    for (;;) {
      const length = (unread[1] ?? 0) & 0x7f;
      // A short frame from a client has a header of two bytes, a mask of four bytes, and the text.
      if (unread.length < 6 + length) return;
      const mask = unread.subarray(2, 6);
      const text = unread.subarray(6, 6 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
      socket.write(Buffer.concat([Buffer.from([0x81, length]), text]));
      unread = unread.subarray(6 + length);
    }
  };
  echo(Buffer.alloc(0));
  socket.on('data', echo);
  socket.on('end', () => socket.end());
};
