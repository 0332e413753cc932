import type { Call } from './contract.ts';
import type { Reply } from './reply.ts';

export interface ServerSentEvent {
  /** The caller sends this id as `Last-Event-ID` when it connects again. */
  readonly id?: string;
  /** The event's type. If absent, callers read the type `message`. */
  readonly event?: string;
  readonly data: string;
}

// Shorter than the idle timeouts of the server and of common proxies.
const HEARTBEAT_MILLISECONDS = 20_000;
const RETRY_MILLISECONDS = 5000;

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Without this header, nginx buffers the response.
  'x-accel-buffering': 'no',
};

/**
 * The response of a route of the kind `stream`. It reads an event from `events` after the caller has received all earlier
 * events. With `call.live` the stream lasts until `events` ends or `call.signal` aborts. Without it, `events` must end
 * after the existing events, and the `retry` field gives the caller the time of the next request.
 */
export function eventStream(
  events: AsyncIterable<ServerSentEvent>,
  { live, signal }: Pick<Call<unknown, unknown>, 'live' | 'signal'>,
): Reply {
  const iterator = events[Symbol.asyncIterator]();
  const text = new TextEncoder();
  let next: Promise<IteratorResult<ServerSentEvent>> | undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        controller.enqueue(text.encode(live ? ': connected\n\n' : `retry: ${RETRY_MILLISECONDS}\n\n`));
      },
      async pull(controller) {
        next ??= iterator.next();
        const result = await nextOrHeartbeat(next, signal);
        if (result === 'heartbeat') controller.enqueue(text.encode(': heartbeat\n\n'));
        else if (result === 'over' || result.done) {
          // Not awaited: a generator that waits for its next event may never return.
          void iterator.return?.()?.catch(() => {});
          controller.close();
        } else {
          next = undefined;
          controller.enqueue(text.encode(textOf(result.value)));
        }
      },
      cancel() {
        void iterator.return?.()?.catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return { status: 200, headers: HEADERS, body };
}

/** Resolves with the next event, or with `heartbeat` after 20 seconds without one, or with `over` when the signal aborts. */
async function nextOrHeartbeat<Next>(next: Promise<Next>, signal: AbortSignal): Promise<Next | 'heartbeat' | 'over'> {
  if (signal.aborted) return 'over';
  let stopWaiting = () => {};
  const interruption = new Promise<'heartbeat' | 'over'>((resolve) => {
    const timer = setTimeout(() => resolve('heartbeat'), HEARTBEAT_MILLISECONDS);
    const end = () => resolve('over');
    signal.addEventListener('abort', end, { once: true });
    stopWaiting = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    };
  });
  try {
    return await Promise.race([next, interruption]);
  } finally {
    stopWaiting();
  }
}

function textOf({ id, event, data }: ServerSentEvent): string {
  const lines = [
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    ...(event === undefined ? [] : [`event: ${oneLine(event)}`]),
    ...data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** Removes line breaks, because text after a line break would be a new field. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, ' ');
}
