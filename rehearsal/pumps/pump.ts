/** Delivers the items of a source to a function until it is stopped. */
export interface Pump {
  readonly source: string;
  /** Polls the source immediately instead of at the next tick. */
  wake(): void;
  /** Resolves when the source is empty and no delivery is in progress. */
  drained(): Promise<void>;
  /** Stops polling. Resolves when the delivery in progress has ended. */
  stop(): Promise<void>;
}

const TICK_MILLISECONDS = 1000;

/** Repeats `step`, which returns whether the source may have more items. Errors of the stand-ins go to `failed`. */
export function startPump(
  source: string,
  step: () => Promise<'empty' | 'more'>,
  failed: (error: unknown) => void,
): Pump {
  let stopped = false;
  let awake: () => void = () => {};
  let isWoken = false;
  const waiting = new Set<{ since: number; resolve: () => void }>();
  let turn = 0;

  async function loop(): Promise<void> {
    while (!stopped) {
      turn += 1;
      isWoken = false;
      const state = await step().catch((error: unknown) => {
        if (!stopped) failed(error);
        return 'failed' as const;
      });
      if (state === 'failed') await rest();
      if (state !== 'empty') continue;
      for (const one of waiting) {
        // Only a poll that began after this call counts.
        if (one.since < turn) {
          waiting.delete(one);
          one.resolve();
        }
      }
      if (waiting.size === 0 && !isWoken && !stopped) await rest();
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TICK_MILLISECONDS);
      awake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = loop();
  return {
    source,
    wake() {
      isWoken = true;
      awake();
    },
    drained() {
      return new Promise((resolve) => {
        waiting.add({ since: turn, resolve });
        awake();
      });
    },
    async stop() {
      stopped = true;
      awake();
      await running;
    },
  };
}
