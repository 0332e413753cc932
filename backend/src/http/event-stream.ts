import type { Call } from './contract.ts';
import type { Reply } from './reply.ts';

export interface ServerSentEvent {
  /** Sent back in `Last-Event-ID` when the caller connects again. */
  readonly id?: string;
  /** The event's type; `message` for callers if absent. */
  readonly event?: string;
  readonly data: string;
}

// Shorter than the idle time of the server and of usual proxies.
const HEARTBEAT_MILLISECONDS = 20_000;
const RETRY_MILLISECONDS = 5000;

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx holds answers back otherwise.
  'x-accel-buffering': 'no',
};

/**
 * The answer of a route of the kind `stream`. Each event is asked for when the caller has taken the ones before it. With
 * `call.live` the stream lasts until `events` ends or `call.signal` aborts; without it, `events` must end after the
 * events that exist, and the caller is told when to ask again.
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
        const result = await soonest(next, signal);
        if (result === 'heartbeat') controller.enqueue(text.encode(': heartbeat\n\n'));
        else if (result === 'over' || result.done) {
          // A generator that waits for its next event returns later, or never.
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

/** The next event, a heartbeat when none comes for a while, or the end of the exchange. */
async function soonest<Next>(next: Promise<Next>, signal: AbortSignal): Promise<Next | 'heartbeat' | 'over'> {
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

/** A line break would begin a field of its own. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, ' ');
}
