import { stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { triager } from '@curlew/core/triage/text';
import { diskLearnedStore } from '../../adapters/disk/learned-store.ts';
import { embeddedAnalyzer } from '../../adapters/embedded-analyzer/index.ts';
import { readHtml } from '../../adapters/html/read-html.ts';
import { serveTriager } from './serve-triager.ts';

/** What the thread is started with. */
export interface TriageWorkerData {
  /** Where what was taught is kept. */
  readonly folder: string;
}

// On Linux a priority belongs to a thread, and 0 is the one that asks. Elsewhere it would be that of the whole process.
if (process.platform === 'linux') {
  // Threads inherit it. Those of the pool, which hash passwords too, are started by whoever first reads a file.
  await stat(import.meta.filename);
  try {
    setPriority(0, constants.priority.PRIORITY_LOW);
  } catch {
    // A sandbox that forbids it: texts are read at the usual priority.
  }
}

if (parentPort === null) throw new Error('This file is for a worker thread.');
const { folder } = workerData as TriageWorkerData;
const embedded = embeddedAnalyzer();
// Models are loaded while the worker starts, which may take long, and not with the first text, which may not.
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
