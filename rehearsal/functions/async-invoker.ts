import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults/faults.ts';
import type { FunctionPool } from './function-pool.ts';
import type { Invocation } from './function-process.ts';

/** Asynchronous invocations of one function: the caller does not wait for their results. */
export interface AsyncInvoker {
  /** The function's ARN. */
  readonly source: string;
  invoke(event: object): void;
  /** Resolves when no invocation is in progress. */
  drained(): Promise<void>;
  /** Stops retries. Resolves when running invocations have ended. */
  stop(): Promise<void>;
}

export interface AsyncInvokerOptions {
  readonly pool: FunctionPool;
  readonly shortName: string;
  readonly faults: Faults;
  delivered(count: number): void;
  /** Sends the record of a failed invocation to the function's destination. */
  giveUp(destination: string, record: object): Promise<void>;
  failed(error: unknown): void;
  /** The length of a shortened minute. Lambda waits one minute before the second try and two before the third. */
  readonly minuteMilliseconds?: number;
}

/**
 * Works like Lambda: retries a failed invocation, and sends a record of it to the destination after the last try.
 * Does not preserve the order of events.
 */
export function asyncInvoker(options: AsyncInvokerOptions): AsyncInvoker {
  const { pool, shortName, faults, minuteMilliseconds = 500 } = options;
  const { maximumRetries, onFailureArn } = pool.fn.asynchronous;
  const running = new Set<Promise<void>>();
  let stopped = false;

  async function deliver(event: object): Promise<void> {
    for (let tries = 1; !stopped; tries++) {
      const invocation = await pool.invoke(event);
      if (invocation.kind === 'result') {
        options.delivered(1);
        if (!faults.isInjected('redelivery', shortName)) return;
      } else if (faults.isInjected('expiry', shortName)) {
        return giveUp('EventAgeExceeded', event, tries, invocation);
      } else if (tries > maximumRetries) {
        return giveUp('RetriesExhausted', event, tries, invocation);
      }
      await new Promise((resolve) => setTimeout(resolve, tries * minuteMilliseconds));
    }
  }

  async function giveUp(
    condition: string,
    requestPayload: object,
    approximateInvokeCount: number,
    { errorType, errorMessage }: Invocation & { kind: 'error' },
  ): Promise<void> {
    if (onFailureArn === undefined || stopped) return;
    await options.giveUp(onFailureArn, {
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${pool.fn.arn}:$LATEST`,
        condition,
        approximateInvokeCount,
      },
      requestPayload,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType, errorMessage },
    });
  }

  return {
    source: pool.fn.arn,
    invoke(event) {
      const delivery = deliver(event)
        .catch(options.failed)
        .finally(() => running.delete(delivery));
      running.add(delivery);
    },
    async drained() {
      while (running.size > 0) await Promise.all(running);
    },
    async stop() {
      stopped = true;
      await Promise.all(running);
    },
  };
}
