import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { CurlewError } from '@curlew/core/kernel';
import type { Assessment, Triager } from '@curlew/core/triage';
import { fairQueue } from './fair-queue.ts';
import { READY, type TriageAnswer, type TriageCall } from './serve-triager.ts';
import type { TriageWorkerData } from './triage-worker.ts';

export interface TriagerInWorker extends Triager {
  /** Ends the worker at once. Calls that are running, waiting or made later fail with `unavailable`. */
  stop(): Promise<void>;
}

interface Options extends TriageWorkerData {
  /** Receives the cause of a failure. The caller only gets `unavailable`. */
  readonly onFailure: (error: Error) => void;
  readonly callMilliseconds?: number;
  readonly startMilliseconds?: number;
  readonly betweenStartsMilliseconds?: number;
  readonly mostWaiting?: number;
  /** Lets tests use a worker that misbehaves. */
  readonly file?: URL;
  readonly resourceLimits?: ResourceLimits;
}

interface Waiting {
  readonly call: TriageCall;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

// If other threads keep the only core busy, a thread of the lowest priority gets 1/60 of it. Even then, the worker
// starts within a minute and analyses the longest text in ten seconds.
const START_MILLISECONDS = 120_000;
const CALL_MILLISECONDS = 20_000;
const MOST_WAITING = 2000;
// Limits restarts, so a worker that crashes on start cannot use up a CPU core.
const BETWEEN_STARTS_MILLISECONDS = 1000;
// Models and code take 50 MiB of heap. A text that needs much more must not take that memory from the server.
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };
const THE_WORKER = new URL('./triage-worker.ts', import.meta.url);

/**
 * Analyses texts in a worker thread, so that requests are not delayed. The thread starts with the first call, handles
 * one call at a time, and does not keep the process alive. If the thread dies or a call times out, that call fails with
 * `unavailable`, and a new thread takes the next call. If too many calls wait, a new call fails with `busy`.
 */
export function triagerInWorker(options: Options): TriagerInWorker {
  const {
    folder,
    onFailure,
    callMilliseconds = CALL_MILLISECONDS,
    startMilliseconds = START_MILLISECONDS,
    betweenStartsMilliseconds = BETWEEN_STARTS_MILLISECONDS,
    mostWaiting = MOST_WAITING,
    file = THE_WORKER,
    resourceLimits = LIMITS,
  } = options;
  // The organizations take turns, so that many texts of one do not delay those of another.
  const waiting = fairQueue<Waiting>();
  let worker: Worker | undefined;
  let ready = false;
  let underWay: Waiting | undefined;
  let limit: NodeJS.Timeout | undefined;
  let earliestStart = 0;
  let later: NodeJS.Timeout | undefined;
  let stopped = false;
  let calls = 0;

  function ask(asked: Pick<TriageCall, 'method' | 'args'>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (stopped) throw unavailable(new Error('The triage worker is stopped.'));
      if (waiting.size >= mostWaiting) {
        throw new CurlewError('busy', 'Too many texts wait for their analysis at the moment; try again.');
      }
      waiting.add(asked.args[0], { call: { ...asked, id: ++calls } as TriageCall, resolve, reject });
      proceed();
    });
  }

  function takeAll(): Waiting[] {
    const all = Array.from({ length: waiting.size }, () => waiting.take());
    return all.filter((one) => one !== undefined);
  }

  function proceed(): void {
    if (underWay !== undefined || waiting.size === 0) return;
    if (worker === undefined) start();
    else if (ready) send(worker);
  }

  function send(to: Worker): void {
    underWay = waiting.take();
    if (underWay === undefined) return;
    expectWithin(callMilliseconds, to);
    to.postMessage(underWay.call);
  }

  /** Starts a worker, or schedules the start if the last start was too short a time ago. */
  function start(): void {
    const now = performance.now();
    if (now < earliestStart) {
      later ??= setTimeout(() => {
        later = undefined;
        proceed();
      }, earliestStart - now).unref();
      return;
    }
    earliestStart = now + betweenStartsMilliseconds;
    try {
      worker = newWorker();
      expectWithin(startMilliseconds, worker);
    } catch (error) {
      // The system cannot create another thread.
      fail(error as Error, takeAll());
    }
  }

  function newWorker(): Worker {
    const workerData: TriageWorkerData = { folder };
    // The worker uses the compile cache of the main thread: it then starts in half the time and with half the memory.
    const cache = getCompileCacheDir();
    const env = cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) };
    const made = new Worker(file, { name: 'triage', workerData, env, execArgv: [], resourceLimits });
    made.on('message', (message: typeof READY | TriageAnswer) => hear(made, message));
    made.on('error', (error) => lose(made, error));
    made.on('messageerror', (error) => lose(made, error));
    made.on('exit', (code) => lose(made, new Error(`The triage worker ended with code ${code}.`)));
    made.unref();
    return made;
  }

  function expectWithin(milliseconds: number, from: Worker): void {
    const late = () => lose(from, new Error(`The triage worker did not answer within ${milliseconds} ms.`));
    limit = setTimeout(late, milliseconds).unref();
  }

  function hear(from: Worker, message: typeof READY | TriageAnswer): void {
    if (worker !== from) return;
    if (message === READY) ready = true;
    else if (message.id === underWay?.call.id) {
      settle(underWay, message);
      underWay = undefined;
    } else return;
    clearTimeout(limit);
    proceed();
  }

  function settle({ resolve, reject }: Waiting, answer: TriageAnswer): void {
    if ('result' in answer) {
      resolve(answer.result);
    } else if ('refusal' in answer) {
      const { code, message, issues, details } = answer.refusal;
      reject(new CurlewError(code, message, { issues, details }));
    } else {
      const cause = new Error(answer.defect);
      onFailure(cause);
      reject(unavailable(cause));
    }
  }

  function lose(lost: Worker, cause: Error): void {
    if (worker !== lost) return;
    // If the worker failed to start, no text was the cause. All waiting calls fail, as the next start may fail too.
    const refused = ready ? [] : takeAll();
    void drop();
    fail(cause, refused);
    proceed();
  }

  /** Ends the worker at once. Messages that still arrive from it are ignored. */
  async function drop(): Promise<void> {
    const dropped = worker;
    worker = undefined;
    ready = false;
    clearTimeout(limit);
    await dropped?.terminate();
  }

  function fail(cause: Error, others: readonly Waiting[]): void {
    onFailure(cause);
    refuse(cause, others);
  }

  function refuse(cause: Error, others: readonly Waiting[]): void {
    const refused = underWay === undefined ? others : [underWay, ...others];
    underWay = undefined;
    for (const { reject } of refused) reject(unavailable(cause));
  }

  return {
    assess: (...args) => ask({ method: 'assess', args }) as Promise<Assessment>,
    teach: (...args) => ask({ method: 'teach', args }) as Promise<void>,
    async stop() {
      stopped = true;
      clearTimeout(later);
      refuse(new Error('The triage worker is stopped.'), takeAll());
      await drop();
    },
  };
}

function unavailable(cause: Error): CurlewError {
  return new CurlewError('unavailable', 'Texts cannot be analysed at the moment; try again.', { cause });
}
