import type { TimerReaction, TimerStore } from '@curlew/core/kernel';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { timersContract } from '../../../test/timers.contract.ts';
import { type Database, openDatabase, sqliteTimerStore } from '../sqlite/index.ts';
import { type LocalTimers, localTimers } from './local-timers.ts';

const opened: { timers: LocalTimers; database: Database }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const { timers, database } of opened.splice(0)) {
    await timers.stop();
    await database.close();
  }
});

const START = Date.parse('2026-03-01T00:00:00.000Z');
const name = { reaction: 'test', organizationId: 'org_a', key: 'k' };

interface More {
  readonly store?: (real: TimerStore) => TimerStore;
  readonly timeoutMilliseconds?: number;
}

function start(react: TimerReaction, { store = (real) => real, ...more }: More = {}) {
  const time = { now: START };
  const database = openDatabase(':memory:');
  const real = sqliteTimerStore(database);
  const failures: { error: unknown; buried: boolean }[] = [];
  const timers = localTimers({
    store: store(real),
    reactions: { test: react, other: react },
    clock: { milliseconds: () => time.now, iso: () => new Date(time.now).toISOString() },
    onFailure: (failure) => failures.push(failure),
    random: () => 0.5,
    ...more,
  });
  opened.push({ timers, database });
  const after = (milliseconds: number) => new Date(time.now + milliseconds).toISOString();
  async function pass(milliseconds: number): Promise<void> {
    time.now += milliseconds;
    await timers.idle();
  }
  return { timers, store: real, failures, time, after, pass };
}

describe('localTimers', () => {
  timersContract(async (react) => {
    const { timers, time, pass } = start(react);
    return { timers, pass, now: () => time.now };
  });

  it('tries a failing reaction for half an hour, then keeps the timer as a dead letter that can be replayed', async () => {
    let broken = true;
    let runs = 0;
    const { timers, store, failures, after, pass } = start(async () => {
      runs++;
      if (broken) throw new Error('broken');
    });
    await timers.set(name, after(0));
    for (let minutes = 0; minutes < 45; minutes++) await pass(60_000);
    expect(runs).toBe(14);
    expect(failures.map(({ buried }) => buried)).toEqual([...Array(13).fill(false), true]);
    expect(store.dead(10)).toMatchObject([{ ...name, attempts: 14, error: 'broken' }]);
    broken = false;
    expect(await store.replay(after(0), null)).toBe(1);
    await pass(0);
    expect(runs).toBe(15);
    expect(store.dead(10)).toEqual([]);
  });

  it('can set a dead timer again', async () => {
    let runs = 0;
    const { timers, store, after, pass } = start(async () => {
      runs++;
    });
    await timers.set(name, after(60_000));
    const [stored] = await store.due(after(60_000), 1);
    if (stored !== undefined) await store.park({ ...stored, attempts: 14, error: 'broken' }, undefined);
    await pass(3_600_000);
    expect(runs).toBe(0);
    await timers.set(name, after(0));
    await pass(0);
    expect(runs).toBe(1);
  });

  it('never runs a timer twice at once, even if it is set while it runs', async () => {
    let [now, most, runs] = [0, 0, 0];
    const { timers, after, pass } = start(async (timer) => {
      most = Math.max(most, ++now);
      if (runs++ < 5) await timers.set(timer, timer.at);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now--;
    });
    await timers.set(name, after(0));
    await pass(0);
    expect([runs, most]).toEqual([6, 1]);
  });

  it('treats a hanging reaction like a failing one', async () => {
    const { timers, failures, after, pass } = start(() => new Promise(() => {}), { timeoutMilliseconds: 20 });
    await timers.set(name, after(0));
    await pass(0);
    expect(failures).toMatchObject([{ error: { message: 'No answer within 20 ms.' }, buried: false }]);
  });

  it('keeps a timer without a reaction', async () => {
    const { timers, store, failures, after, pass } = start(async () => {});
    await timers.set({ ...name, reaction: 'gone' }, after(0));
    await pass(0);
    expect(failures).toMatchObject([{ error: { message: 'No reaction is wired to the timer gone.' } }]);
    expect(await store.due(after(3_600_000), 10)).toHaveLength(1);
  });

  it('starts no reaction while stopping, waits for running ones, and keeps those that fail for the next start', async () => {
    const began: string[] = [];
    let end = () => {};
    const { timers, store, failures, after } = start(async ({ key }) => {
      began.push(key);
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      throw new Error('what it needs has stopped');
    });
    await timers.set(name, after(0));
    await vi.waitFor(() => expect(began).toEqual(['k']));
    let stopped = false;
    const stopping = timers.stop().then(() => {
      stopped = true;
    });
    await timers.set({ ...name, key: 'l' }, after(0));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stopped).toBe(false);
    end();
    await stopping;
    expect([began, failures]).toEqual([['k'], []]);
    expect(await store.due(after(0), 10)).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
  });

  it('goes on after the store failed to list the due timers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let refusals = 2;
    let runs = 0;
    const { timers, failures, after } = start(
      async () => {
        runs++;
      },
      {
        store: (real) => ({
          ...real,
          async due(...asked) {
            if (refusals-- > 0) throw new Error('The disk is gone.');
            return real.due(...asked);
          },
        }),
      },
    );
    await timers.set(name, after(0));
    await vi.advanceTimersByTimeAsync(5000);
    expect(runs).toBe(1);
    expect(failures).toHaveLength(2);
  });

  describe('waits', () => {
    const fake = (react: TimerReaction) => {
      vi.useFakeTimers({ now: START });
      const database = openDatabase(':memory:');
      const timers = localTimers({
        store: sqliteTimerStore(database),
        reactions: { test: react },
        clock: { milliseconds: () => Date.now(), iso: () => new Date().toISOString() },
        onFailure: () => {},
      });
      opened.push({ timers, database });
      return timers;
    };
    const elapse = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
    const at = (milliseconds: number) => new Date(START + milliseconds).toISOString();

    it('for the earliest timer, to the millisecond', async () => {
      const runs: number[] = [];
      const timers = fake(async () => {
        runs.push(Date.now() - START);
      });
      void timers.set({ ...name, key: 'late' }, at(50_000));
      void timers.set(name, at(5000));
      await elapse(60_000);
      expect(runs).toEqual([5000, 50_000]);
    });

    it('for months, without waking at once when the wait is longer than setTimeout can', async () => {
      const runs: number[] = [];
      const timers = fake(async () => {
        runs.push(Date.now() - START);
      });
      const days = 24 * 3_600_000;
      void timers.set(name, at(30 * days));
      await elapse(29 * days);
      expect(runs).toEqual([]);
      await elapse(2 * days);
      expect(runs).toEqual([30 * days]);
    });

    it('no longer than a minute if the clock of the machine is set ahead', async () => {
      let runs = 0;
      const timers = fake(async () => {
        runs++;
      });
      void timers.set(name, at(7 * 24 * 3_600_000));
      await elapse(1000);
      vi.setSystemTime(START + 8 * 24 * 3_600_000);
      await elapse(60_000);
      expect(runs).toBe(1);
    });

    it('until the time is reached again if the clock is set back', async () => {
      let runs = 0;
      const timers = fake(async () => {
        runs++;
      });
      void timers.set(name, at(3_600_000));
      await elapse(3_599_000);
      vi.setSystemTime(START);
      await elapse(3_599_000);
      expect(runs).toBe(0);
      await elapse(61_000);
      expect(runs).toBe(1);
    });
  });
});
