import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { progressLine, showProgress } from './progress.ts';
import { newTally } from './tally.ts';

test('the bar shows progress, speed and results', () => {
  const tally = { ...newTally(), rows: 1500, bytes: 500, rejected: 2, tickets: { created: 1000, existing: 498 } };
  expect(progressLine(tally, { sizeBytes: 1000, seconds: 2 })).toBe(
    '[==========          ]  50 %  1,500 rows  750/s  1,000 created  498 already there  2 rejected',
  );
});

test('the bar says until when the import waits', () => {
  const line = progressLine(newTally(), { sizeBytes: 10, seconds: 1, waitsUntil: '14:03:20' });
  expect(line).toContain('0 %  waiting until 14:03:20  0 rows');
});

test('an empty file is complete immediately', () => {
  expect(progressLine(newTally(), { sizeBytes: 0, seconds: 0 })).toContain('100 %  0 rows  0/s');
});

test('without a terminal only log lines are written', () => {
  const written: string[] = [];
  const file = { isTTY: false, write: (text: string) => written.push(text) } as unknown as WriteStream;
  const progress = showProgress(file, { tally: newTally(), waits: { until: () => undefined }, sizeBytes: 10 });
  progress.log('line 2: No.');
  progress.stop();
  expect(written).toEqual(['line 2: No.\n']);
});
