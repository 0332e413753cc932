import { parentPort, threadId } from 'node:worker_threads';
import { CurlewError } from '@curlew/core/kernel';
import type { Assessment, Triager } from '@curlew/core/triage';
import { serveTriager } from '../src/hosts/local/serve-triager.ts';

// A worker for tests. The text of a call names the action to run. The result contains the text and the thread's id.

const allocated: string[][] = [];
const ACTIONS: Readonly<Record<string, () => unknown>> = {
  'spin for ever': () => {
    for (;;);
  },
  'backtrack for ever': () => /^(a+)+$/.test(`${'a'.repeat(50)}b`),
  'answer never': () => new Promise(() => {}),
  exit: () => process.exit(3),
  // Exits after the result has been sent.
  'exit afterwards': () => void setImmediate(() => process.exit(4)),
  throw: () => {
    setTimeout(() => {
      throw new TypeError('Uncaught in the worker.');
    });
    return new Promise(() => {});
  },
  'take all memory': () => {
    for (;;) allocated.push(new Array(10_000).fill('').map((_, i) => `${i}${allocated.length}`));
  },
  refuse: () => {
    const issues = [{ pointer: '/text', code: 'odd', message: 'is odd.' }];
    throw new CurlewError('invalid_request', 'The text is odd.', { issues, details: { most: 3 } });
  },
  fail: () => {
    throw new RangeError('A secret of the operator.');
  },
};

const triager: Triager = {
  async assess(organizationId, text, options) {
    await ACTIONS[text]?.();
    return { organizationId, text, options, threadId } as unknown as Assessment;
  },
  async teach(_, { text }) {
    await ACTIONS[text]?.();
  },
};
if (parentPort !== null) serveTriager(triager, parentPort);
