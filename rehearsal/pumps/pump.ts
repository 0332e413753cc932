/** Carries what a source holds to a function, until it is stopped. */
export interface Pump {
  readonly source: string;
  /** Looks at the source at once, rather than at the next tick. */
  wake(): void;
  /** Resolves when the source was found empty, and nothing taken from it was still under way. */
  drained(): Promise<void>;
  /** Resolves when what is under way has ended; nothing is taken any more. */
  stop(): Promise<void>;
}

const TICK_MILLISECONDS = 1000;

/** Runs `step` again and again; it says whether the source may hold more. Errors of the stand-ins end up in `failed`. */
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
        // Only a look that began after the question counts.
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
