import { parentPort, threadId } from 'node:worker_threads';
import { CurlewError } from '@curlew/core/kernel';
import type { Assessment, Triager } from '@curlew/core/triage';
import { serveTriager } from '../src/hosts/local/serve-triager.ts';

// For tests only: a worker that does what a text tells it to. Its answers name the text and the thread.

const hoard: string[][] = [];
const DEEDS: Readonly<Record<string, () => unknown>> = {
  'spin for ever': () => {
    for (;;);
  },
  'backtrack for ever': () => /^(a+)+$/.test(`${'a'.repeat(50)}b`),
  'answer never': () => new Promise(() => {}),
  exit: () => process.exit(3),
  // Once the answer is on its way.
  'exit afterwards': () => void setImmediate(() => process.exit(4)),
  throw: () => {
    setTimeout(() => {
      throw new TypeError('Thrown where nobody catches.');
    });
    return new Promise(() => {});
  },
  'take all memory': () => {
    for (;;) hoard.push(new Array(10_000).fill('').map((_, i) => `${i}${hoard.length}`));
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
    await DEEDS[text]?.();
    return { organizationId, text, options, threadId } as unknown as Assessment;
  },
  async teach(_, { text }) {
    await DEEDS[text]?.();
  },
};
if (parentPort !== null) serveTriager(triager, parentPort);
