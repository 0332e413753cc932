import { CurlewError } from '@curlew/core/kernel';
import { expect, it } from 'vitest';
import { failureLog } from './failure-log.ts';
import type { LogEntry } from './log-entry.ts';

function logOf() {
  const lines: LogEntry[] = [];
  let time = Date.parse('2026-03-01T00:00:00.000Z');
  const fail = failureLog(
    (entry) => lines.push(entry),
    () => new Date(time).toISOString(),
  );
  return {
    lines,
    fail: (error: unknown) => fail(error, { requestId: 'req_1' }),
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const out = (cause: string) => new CurlewError('unavailable', 'Try again.', { cause: new Error(cause) });

it('logs an expected failure once a minute, with its cause and the number of the others', () => {
  const { lines, fail, wait } = logOf();
  for (let i = 0; i < 1000; i++) fail(out('the issuer is down'));
  expect(lines).toEqual([
    { level: 'error', message: 'request failed', requestId: 'req_1', error: 'unavailable: Error: the issuer is down' },
  ]);
  wait(59_999);
  fail(out('the issuer is down'));
  wait(1);
  fail(out('the issuer is down'));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ unlogged: 1000 });
});

it('logs another cause at once', () => {
  const { lines, fail } = logOf();
  fail(out('the issuer is down'));
  fail(out('the disk is full'));
  fail(new CurlewError('busy', 'Too many at once.'));
  expect(lines.map(({ error }) => error)).toEqual([
    'unavailable: Error: the issuer is down',
    'unavailable: Error: the disk is full',
    'busy: Too many at once.',
  ]);
});

it('logs a line after more different causes than it remembers', () => {
  const { lines, fail } = logOf();
  for (let i = 0; i < 250; i++) fail(out(`cause ${i}`));
  expect(lines).toHaveLength(250);
});

it('logs every unexpected error with its stack', () => {
  const { lines, fail } = logOf();
  for (let i = 0; i < 3; i++) fail(new TypeError('x is undefined'));
  expect(lines).toHaveLength(3);
  expect(lines[0]?.error).toMatch(/TypeError: x is undefined\n\s+at /);
});
