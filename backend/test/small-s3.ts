import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A failure of a call: an error, or a response that hangs, stops half way or has another text. */
export type S3Fault =
  | { readonly refuse: string; readonly status: number }
  | { readonly hang: true }
  | { readonly stall: string }
  | { readonly answer: string };

/** A local HTTP server with S3's protocol and one bucket. It supports conditional reads and writes of objects. */
export async function smallS3(bucket: string) {
  const objects = new Map<string, Buffer>();
  let faults: S3Fault[] = [];
  let calls = 0;

  const server = createServer(async (incoming, outgoing) => {
    calls += 1;
    const body = await buffer(incoming);
    const refuse = (code: string, status: number) =>
      outgoing
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(
          incoming.method === 'HEAD' ? '' : `<Error><Code>${code}</Code><Message>Simulated failure.</Message></Error>`,
        );
    const fault = faults.shift();
    if (fault !== undefined) {
      if ('refuse' in fault) refuse(fault.refuse, fault.status);
      if ('stall' in fault)
        outgoing.writeHead(200, { 'content-length': '10000', etag: '"stalled"' }).write(fault.stall);
      if ('answer' in fault) outgoing.writeHead(200).end(fault.answer);
      return;
    }
    const [, from, ...rest] = new URL(incoming.url ?? '', 'http://s3').pathname.split('/');
    const key = rest.join('/');
    const object = objects.get(key);
    if (from !== bucket) refuse('NoSuchBucket', 404);
    else if (incoming.method === 'PUT') {
      const refusal = refusalOf(incoming, object);
      if (refusal !== undefined) refuse(...refusal);
      else {
        objects.set(key, body);
        outgoing.writeHead(200, { etag: tagOf(body) }).end();
      }
    } else if (object === undefined) refuse('NoSuchKey', 404);
    else {
      outgoing.writeHead(200, { etag: tagOf(object), 'content-length': object.length });
      outgoing.end(incoming.method === 'HEAD' ? undefined : object);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    /** The configuration of a client with a short timeout. */
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
      answerTimeoutMilliseconds: 1000,
    },
    keys: () => [...objects.keys()],
    clear: () => objects.clear(),
    /** Sets the faults of the next calls, one for each call. Later calls succeed. */
    next(...some: readonly S3Fault[]): void {
      faults = [...some];
    },
    calls: () => calls,
    stop(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type SmallS3 = Awaited<ReturnType<typeof smallS3>>;

function tagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function refusalOf({ headers }: IncomingMessage, object: Buffer | undefined): [string, number] | undefined {
  if (headers['if-none-match'] === '*' && object !== undefined) return ['PreconditionFailed', 412];
  const wanted = headers['if-match'];
  if (wanted === undefined) return undefined;
  if (object === undefined) return ['NoSuchKey', 404];
  return tagOf(object) === wanted ? undefined : ['PreconditionFailed', 412];
}
