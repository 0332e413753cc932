import { stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { triager } from '@curlew/core/triage/text';
import { diskLearnedStore } from '../../adapters/disk/learned-store.ts';
import { embeddedAnalyzer } from '../../adapters/embedded-analyzer/index.ts';
import { readHtml } from '../../adapters/html/read-html.ts';
import { serveTriager } from './serve-triager.ts';

/** The data with which the main thread starts the worker thread. */
export interface TriageWorkerData {
  /** The folder for learned triage data. */
  readonly folder: string;
}

// On Linux each thread has its own priority, and id 0 means the calling thread. Other systems would change the priority
// of the whole process.
if (process.platform === 'linux') {
  // A new thread inherits the priority of its creator. This file access makes Node start its thread pool now, with the
  // normal priority, because the pool also hashes passwords.
  await stat(import.meta.filename);
  try {
    setPriority(0, constants.priority.PRIORITY_LOW);
  } catch {
    // A sandbox may forbid the change. Texts are then analysed at the normal priority.
  }
}

if (parentPort === null) throw new Error('This file is for a worker thread.');
const { folder } = workerData as TriageWorkerData;
const embedded = embeddedAnalyzer();
// Loads the models during the start of the worker, because the start has a longer time limit than the first text.
await embedded.analyze('');
serveTriager(
  triager({
    analyzer: embedded,
    wording: embedded,
    readHtml,
    learned: diskLearnedStore(folder),
    now: () => performance.now(),
  }),
  parentPort,
);
