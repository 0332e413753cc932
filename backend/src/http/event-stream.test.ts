import { afterEach, expect, it, vi } from 'vitest';
import { eventStream, type ServerSentEvent } from './event-stream.ts';

afterEach(() => void vi.useRealTimers());

function readerOf(events: AsyncIterable<ServerSentEvent>, signal = new AbortController().signal) {
  const { body } = eventStream(events, { live: true, signal });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  return {
    reader,
    async read() {
      const { value } = await reader.read();
      return value === undefined ? undefined : Buffer.from(value).toString();
    },
  };
}

it('sends heartbeat comments while no event happens, and loses no event', async () => {
  vi.useFakeTimers();
  const happened = Promise.withResolvers<void>();
  const { read } = readerOf(
    (async function* () {
      await happened.promise;
      yield { data: 'at last' };
    })(),
  );
  expect(await read()).toBe(': connected\n\n');
  for (let i = 0; i < 2; i++) {
    const heartbeat = read();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await heartbeat).toBe(': heartbeat\n\n');
  }
  const event = read();
  happened.resolve();
  expect(await event).toBe('data: at last\n\n');
  expect(await read()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('removes line breaks from id and event, so that data cannot forge a field', async () => {
  const { read } = readerOf(
    (async function* () {
      yield { id: '1\ndata: forged', event: 'a\r\nb', data: 'one\rtwo\n\nthree' };
    })(),
  );
  await read();
  expect(await read()).toBe('id: 1 data: forged\nevent: a  b\ndata: one\ndata: two\ndata: \ndata: three\n\n');
});

it('ends when its signal aborts, even if the source never yields', async () => {
  const caller = new AbortController();
  const { read } = readerOf(
    (async function* () {
      await new Promise(() => {});
    })(),
    caller.signal,
  );
  await read();
  const end = read();
  caller.abort();
  expect(await end).toBeUndefined();
});

it('fails when its source fails', async () => {
  const { read } = readerOf(
    // biome-ignore lint/correctness/useYield: the source fails before its first event.
    (async function* () {
      throw new Error('broken');
    })(),
  );
  await read();
  await expect(read()).rejects.toThrow('broken');
});
