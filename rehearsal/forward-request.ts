import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** Forwards a request to another server with this body, otherwise unchanged. */
export function forwardRequest(url: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...incoming.headers, 'content-length': body.length };
    const sending = request(url + incoming.url, { method: incoming.method, headers, agent }, resolve);
    sending.on('error', reject);
    sending.end(body);
  });
}

/** Whether a request is for S3: S3 requests have a path and no `X-Amz-Target`. */
export function isForS3({ headers }: IncomingMessage): boolean {
  return /\/s3\/aws4_request/.test(headers.authorization ?? '');
}

/** Sends the other server's response with this body. */
export function forwardResponse(response: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
  const { 'transfer-encoding': _, connection: __, ...headers } = response.headers;
  outgoing.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': body.length });
  outgoing.end(body);
}
