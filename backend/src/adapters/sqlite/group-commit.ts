import type { DatabaseSync } from 'node:sqlite';
import { CurlewError } from '@curlew/core/kernel';

/** Writes that arrive together share one commit, and so wait for the disk only once. */
export interface GroupCommit {
  /**
   * Runs `job` inside a transaction, in the order of the calls, and resolves with its result once the commit is on
   * disk. If a job throws, only this job is rolled back. If the commit fails, every job in it is rejected.
   */
  write<T>(job: () => T): Promise<T>;
  /** Whether the last transaction succeeded. */
  healthy(): boolean;
  /** Calls `listener` after every commit. */
  onCommit(listener: () => void): void;
  /** Resolves when all writes so far are committed or rejected. */
  settled(): Promise<void>;
}

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

// Bounds how long the first job of a batch waits for the last: 256 creates take about 20 ms.
const BATCH = 256;
const SQLITE_BUSY = 5;
const BUSY_RETRY_MILLISECONDS = 20;

/** Waits up to `busyMilliseconds` for another process that writes to the same file. */
export function groupCommit(db: DatabaseSync, busyMilliseconds = 10_000): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT job');
  const release = db.prepare('RELEASE job');
  const undo = db.prepare('ROLLBACK TO job');
  let queue: Job[] = [];
  let healthy = true;
  let scheduled = false;
  let busySince: number | undefined;
  let waiting: (() => void)[] = [];
  const listeners: (() => void)[] = [];

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // Runs after the pending I/O callbacks, so that requests that arrived together get into the same batch.
    setImmediate(run);
  }

  function run(): void {
    scheduled = false;
    if (!beginTransaction()) return;
    const batch = queue.slice(0, BATCH);
    queue = queue.slice(BATCH);
    const outcomes = attempt(batch);
    for (const [i, job] of batch.entries()) {
      const outcome = outcomes[i];
      if (outcome?.done) job.resolve(outcome.value);
      else job.reject(outcome?.error);
    }
    if (healthy) for (const listener of listeners) listener();
    if (queue.length > 0) schedule();
    else resolveWaiting();
  }

  function beginTransaction(): boolean {
    try {
      begin.run();
      busySince = undefined;
      return true;
    } catch (error) {
      busySince ??= Date.now();
      if (codeOf(error) === SQLITE_BUSY && Date.now() - busySince < busyMilliseconds) {
        scheduled = true;
        setTimeout(run, BUSY_RETRY_MILLISECONDS);
        return false;
      }
      busySince = undefined;
      healthy = false;
      const refused = queue;
      queue = [];
      for (const job of refused) job.reject(translateError(error));
      resolveWaiting();
      return false;
    }
  }

  function attempt(batch: readonly Job[]): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    try {
      for (const job of batch) outcomes.push(attemptOne(job));
      commit.run();
      healthy = true;
      return outcomes;
    } catch (error) {
      healthy = false;
      if (db.isTransaction) rollback.run();
      return batch.map(() => ({ done: false, error: translateError(error) }));
    }
  }

  function attemptOne(job: Job): Outcome {
    savepoint.run();
    try {
      const value = job.run();
      release.run();
      return { done: true, value };
    } catch (error) {
      // On a full disk, SQLite can roll back the whole transaction; then no job of the batch is written.
      if (!db.isTransaction) throw error;
      undo.run();
      release.run();
      return { done: false, error: translateError(error) };
    }
  }

  function resolveWaiting(): void {
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }

  return {
    write<T>(job: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ run: job, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      });
    },
    healthy: () => healthy,
    onCommit(listener) {
      listeners.push(listener);
    },
    settled() {
      if (queue.length === 0 && !scheduled) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

type Outcome = { done: true; value: unknown } | { done: false; error: unknown };

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  // The low byte of an extended result code is the primary code.
  return typeof code === 'number' ? code & 0xff : undefined;
}

// BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN: caused by the disk or another process, not by the request.
const OUT_OF_SERVICE: ReadonlySet<number | undefined> = new Set([SQLITE_BUSY, 6, 8, 10, 13, 14]);

function translateError(error: unknown): unknown {
  if (!OUT_OF_SERVICE.has(codeOf(error))) return error;
  return new CurlewError(
    'unavailable',
    'The storage accepts no writes at the moment, so nothing was changed; try again.',
    {
      cause: error,
    },
  );
}
