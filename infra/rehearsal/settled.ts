import type { Pump } from './pumps/pump.ts';

/**
 * Resolves when the streams, and then the queues that they lead to, were found empty without anything having been
 * carried meanwhile. Rejects after the limit: something is failing again and again.
 */
export async function settled(
  { streams, queues }: { streams: readonly Pump[]; queues: readonly Pump[] },
  delivered: () => number,
  limitMilliseconds: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const sources = [...streams, ...queues].map(({ source }) => source).join(', ');
    timer = setTimeout(
      () => reject(new Error(`Not settled after ${limitMilliseconds / 1000} s: ${sources}`)),
      limitMilliseconds,
    );
  });
  async function quiet(): Promise<void> {
    let before: number;
    do {
      before = delivered();
      await Promise.all(streams.map((pump) => pump.drained()));
      await Promise.all(queues.map((pump) => pump.drained()));
    } while (delivered() !== before);
  }
  try {
    await Promise.race([quiet(), late]);
  } finally {
    clearTimeout(timer);
  }
}
