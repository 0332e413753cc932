import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { OperationId } from './operations.ts';

export interface Job {
  readonly port: number;
  readonly operationId: OperationId;
  /** Holds a `Known` as JSON. */
  readonly knownFile: string;
  readonly connections: number;
  readonly warmUpMilliseconds: number;
  readonly measuredMilliseconds: number;
}

/** The measurements of one phase of load. Times are in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The share of a CPU core that the generator used. Near 1, the generator was the bottleneck. */
  readonly generatorLoad: number;
}

export interface Generator {
  run(job: Job): Promise<Load>;
  stop(): void;
}

const GRACE_MILLISECONDS = 20_000;

/** Starts the load generator. It runs one job at a time. */
export function startGenerator(): Generator {
  const child = fork(new URL('load-generator.ts', import.meta.url));
  const died = once(child, 'exit').then(() => {
    throw new Error('The load generator ended; its own message is above.');
  });
  // The generator also ends when it is stopped, and then no job waits for a result.
  died.catch(() => {});
  return {
    async run(job) {
      const signal = AbortSignal.timeout(job.warmUpMilliseconds + job.measuredMilliseconds + GRACE_MILLISECONDS);
      const reply = once(child, 'message', { signal });
      child.send(job);
      const [load] = await Promise.race([reply, died]);
      return load;
    },
    stop() {
      child.kill();
    },
  };
}
