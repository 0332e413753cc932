import { expect, test } from 'vitest';
import { waitReport } from './wait-report.ts';

test('tells once for what and until when requests wait', () => {
  let now = new Date(2026, 0, 31, 14, 3, 0).getTime();
  const lines: string[] = [];
  const waits = waitReport(
    (line) => lines.push(line),
    () => now,
  );
  const reason = '429: The limit of 3000 writes per minute is used up; wait 20 seconds.';
  expect(waits.until()).toBeUndefined();
  waits.add({ reason, milliseconds: 20_000 });
  waits.add({ reason, milliseconds: 20_100 });
  expect(lines).toEqual([`Waiting until 14:03:20: the server answered ${reason}`]);
  expect(waits.until()).toBe('14:03:20');

  now += 30_000;
  expect(waits.until()).toBeUndefined();
  waits.add({ reason, milliseconds: 200 });
  expect(lines).toHaveLength(1);
  waits.add({ reason: '503: Busy.', milliseconds: 5000 });
  expect(lines[1]).toBe('Waiting until 14:03:35: the server answered 503: Busy.');
});
