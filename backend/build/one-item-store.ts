import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OneItemStore {
  readonly url: string;
  stop(): void;
}

// The response to every `GetItem`: the only item that a function reads while it loads is a stored secret.
const ITEM = { Item: { secret: { S: 'stand-in'.repeat(6) } } };

/** A fake DynamoDB for tests: every `GetItem` finds an item, and every other call succeeds without an effect. */
export async function startOneItemStore(): Promise<OneItemStore> {
  const server = createServer((request, response) => {
    const answer = String(request.headers['x-amz-target']).endsWith('.GetItem') ? ITEM : {};
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
