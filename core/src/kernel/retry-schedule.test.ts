import { describe, expect, it } from 'vitest';
import { HALF_AN_HOUR_OF_RETRIES, nextWait, type RetrySchedule } from './retry-schedule.ts';

describe('nextWait', () => {
  it('returns the waits of the schedule in order, then undefined', () => {
    const waits = Array.from({ length: 15 }, (_, i) =>
      nextWait(HALF_AN_HOUR_OF_RETRIES, { attempts: i + 1, ageMilliseconds: 0 }, 0.5),
    );
    const seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300];
    expect(waits).toEqual([...seconds.map((one) => one * 1000), undefined, undefined]);
  });

  it('varies a wait by its jitter', () => {
    const schedule: RetrySchedule = { waits: [1000], jitter: 0.25 };
    const wait = (random: number) => nextWait(schedule, { attempts: 1, ageMilliseconds: 0 }, random);
    expect([wait(0), wait(0.5), wait(1)]).toEqual([750, 1000, 1250]);
    expect(nextWait({ ...schedule, jitter: 0 }, { attempts: 1, ageMilliseconds: 0 }, 1)).toBe(1000);
  });

  it('returns undefined if the work would be too old at the next try', () => {
    const schedule: RetrySchedule = { waits: [1000, 1000], jitter: 0, maxAgeMilliseconds: 5000 };
    expect(nextWait(schedule, { attempts: 1, ageMilliseconds: 4000 }, 0.5)).toBe(1000);
    expect(nextWait(schedule, { attempts: 1, ageMilliseconds: 4001 }, 0.5)).toBeUndefined();
  });
});
