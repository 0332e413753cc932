interface Source {
  readonly source: string;
  drained(): Promise<void>;
}

/**
 * Resolves when the streams are empty and their invocations have ended, with no new delivery in between. Rejects after
 * the limit, for example if an invocation fails permanently.
 */
export async function waitUntilIdle(
  { streams, invocations }: { streams: readonly Source[]; invocations: readonly Source[] },
  delivered: () => number,
  limitMilliseconds: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const sources = [...streams, ...invocations].map(({ source }) => source).join(', ');
    timer = setTimeout(
      () => reject(new Error(`Not idle after ${limitMilliseconds / 1000} s: ${sources}`)),
      limitMilliseconds,
    );
  });
  async function quiet(): Promise<void> {
    let before: number;
    do {
      before = delivered();
      await Promise.all(streams.map((one) => one.drained()));
      await Promise.all(invocations.map((one) => one.drained()));
    } while (delivered() !== before);
  }
  try {
    await Promise.race([quiet(), late]);
  } finally {
    clearTimeout(timer);
  }
}
