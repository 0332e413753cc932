import { createSecretKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CurlewError, keyedMutex } from '@curlew/core/kernel';
import type { Hono } from 'hono';
import { bind, createApp } from '../src/http/app.ts';
import { routesFor } from '../src/http/contract.ts';
import { oneKey } from '../src/http/cursor.ts';
import { eventStream, type ServerSentEvent } from '../src/http/event-stream.ts';
import type { LogEntry } from '../src/http/log-entry.ts';
import { bytes, json, upgrade } from '../src/http/reply.ts';
import { acceptWebSocket } from './web-socket.ts';

/** The progress of the routes of the test app, for tests to check. */
export interface Watched {
  /** Bytes that the upload route has read, and that the download route has produced. */
  uploaded: number;
  downloaded: number;
  /** The abort signals of the requests, in order. */
  readonly signals: AbortSignal[];
  readonly log: LogEntry[];
  /** Lets the stream send its second event. */
  goOn(): void;
}

export const KEY = { 'x-api-key': 'the key of the test' };
export const UPLOAD_BYTES = 64 * 1024 * 1024;

type Watching = Watched & { readonly wentOn: Promise<void> };

const route = routesFor<{ readonly watched: Watching }>();
const own = { right: 'tickets:read', problems: [], successes: [{ status: 200 }] } as const;

const routes = [
  route({
    ...own,
    id: 'upload',
    kind: 'bytes',
    method: 'POST',
    path: '/files',
    maxBytes: UPLOAD_BYTES,
    async run({ watched }, { body, signal }) {
      watched.signals.push(signal);
      let sum = 0;
      for await (const chunk of body) {
        watched.uploaded += chunk.byteLength;
        for (const byte of chunk.subarray(0, 16)) sum += byte;
      }
      return { size: watched.uploaded, sum };
    },
    reply: (result) => json(201, result),
  }),
  route({
    ...own,
    id: 'echo',
    kind: 'bytes',
    method: 'PUT',
    path: '/files/{name}',
    maxBytes: 1000,
    run: async (_, { body }) => new Uint8Array(await new Response(body).arrayBuffer()),
    reply: (result) => bytes('image/png', result),
  }),
  route({
    ...own,
    id: 'download',
    kind: 'bytes',
    method: 'GET',
    path: '/files/{name}',
    async run({ watched }, { params, signal }) {
      watched.signals.push(signal);
      const size = Number(params.name);
      let left = size;
      return new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          async pull(controller) {
            if (Number.isNaN(size)) throw new Error('the disk is gone: a secret path');
            if (left === 0) return controller.close();
            const chunk = new Uint8Array(Math.min(left, 64 * 1024)).fill(0xe9);
            left -= chunk.byteLength;
            watched.downloaded += chunk.byteLength;
            controller.enqueue(chunk);
            await wait(0);
          },
        },
        { highWaterMark: 0 },
      );
    },
    reply: (result) => bytes('text/plain; charset=latin1', result),
  }),
  route({
    ...own,
    id: 'listen',
    kind: 'stream',
    method: 'GET',
    path: '/events',
    async run({ watched }, { live, signal, header }) {
      watched.signals.push(signal);
      return { events: eventsOf(watched, live, header('last-event-id')), live, signal };
    },
    reply: ({ events, ...call }) => eventStream(events, call),
  }),
  route({
    ...own,
    id: 'talk',
    kind: 'upgrade',
    method: 'GET',
    path: '/socket',
    async run({ watched }, { signal }) {
      watched.signals.push(signal);
    },
    reply: () => upgrade(acceptWebSocket),
  }),
  route({
    ...own,
    id: 'text',
    method: 'GET',
    path: '/text',
    run: async () => undefined,
    reply: () => ({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body: 'zwölf' }),
  }),
];

async function* eventsOf(watched: Watching, live: boolean, last: string | undefined): AsyncGenerator<ServerSentEvent> {
  if (last === undefined) yield { id: '1', event: 'ticket', data: 'first\nof two lines' };
  if (live) await watched.wentOn;
  yield { id: '2', data: 'second' };
  if (live) await new Promise(() => {});
}

/** An app with a route of each kind. Every request needs the header in `KEY`. */
export function appOfKinds(): { app: Hono; watched: Watched } {
  const going = Promise.withResolvers<void>();
  const watched: Watching = {
    uploaded: 0,
    downloaded: 0,
    signals: [],
    log: [],
    goOn: going.resolve,
    wentOn: going.promise,
  };
  const app = createApp(
    {
      authenticate(header, open) {
        if (!open && header('x-api-key') !== KEY['x-api-key']) throw new CurlewError('unauthenticated', 'Sign in.');
        return { organizationId: 'default', userId: 'usr_admin', role: 'admin' };
      },
      basePath: '',
      addressOf: () => '127.0.0.1',
      now: () => new Date().toISOString(),
      wallNow: () => new Date().toISOString(),
      newId: (kind) => `${kind}_1`,
      runExclusive: keyedMutex(),
      pause: async () => {},
      receipts: { find: async () => undefined },
      cursorKeys: oneKey(Buffer.alloc(32)),
      fingerprintKey: async () => createSecretKey(Buffer.alloc(32)),
      log: (entry) => watched.log.push(entry),
    },
    [bind(routes, { watched })],
  );
  return { app, watched };
}
