import type { DueTimer, TimerName, TimerReaction, Timers } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';

export interface TimersUnderTest {
  readonly timers: Timers;
  /** The time of the host's wall clock in epoch milliseconds. */
  now(): number;
  /** Lets time pass. Resolves when the reactions that became due have ended. */
  pass(milliseconds: number): Promise<void>;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
// The longest delay that the port allows an adapter.
const LATEST = 60 * SECOND;

/** The contract of every timers adapter. `open` returns timers that run `react` as the reactions `test` and `other`. */
export function timersContract(open: (react: TimerReaction) => Promise<TimersUnderTest>): void {
  const start = async (react: TimerReaction = async () => {}) => {
    const runs: DueTimer[] = [];
    const host = await open(async (timer) => {
      const { reaction, organizationId, key, at } = timer;
      runs.push({ reaction, organizationId, key, at });
      await react(timer);
    });
    const after = (milliseconds: number) => new Date(host.now() + milliseconds).toISOString();
    return { ...host, runs, after };
  };
  const name = (key: string, more: Partial<TimerName> = {}): TimerName => ({
    reaction: 'test',
    organizationId: 'org_a',
    key,
    ...more,
  });

  describe('set', () => {
    it('runs the reaction once when the timer is due, and not before', async () => {
      const { timers, runs, after, pass } = await start();
      const at = after(HOUR);
      await timers.set(name('tkt_1'), at);
      await pass(HOUR - SECOND);
      expect(runs).toEqual([]);
      await pass(SECOND + LATEST);
      expect(runs).toEqual([{ ...name('tkt_1'), at }]);
      await pass(HOUR);
      expect(runs).toHaveLength(1);
    });

    it('runs at once when the instant has passed', async () => {
      const { timers, runs, after, pass } = await start();
      await timers.set(name('late'), after(-24 * HOUR));
      await timers.set(name('now'), after(0));
      await pass(LATEST);
      expect(runs.map(({ key }) => key).toSorted()).toEqual(['late', 'now']);
    });

    it('replaces an earlier setting, with a later or an earlier instant', async () => {
      const { timers, runs, after, pass } = await start();
      await timers.set(name('later'), after(HOUR));
      await timers.set(name('later'), after(3 * HOUR));
      await timers.set(name('earlier'), after(3 * HOUR));
      await timers.set(name('earlier'), after(HOUR));
      await pass(HOUR + LATEST);
      expect(runs.map(({ key }) => key)).toEqual(['earlier']);
      await pass(2 * HOUR);
      expect(runs.map(({ key }) => key)).toEqual(['earlier', 'later']);
    });

    it('keeps timers of other organizations, reactions and keys apart', async () => {
      const { timers, runs, after, pass } = await start();
      const at = after(HOUR);
      const names = [name('k'), name('k', { organizationId: 'org_b' }), name('k', { reaction: 'other' }), name('l')];
      for (const one of names) await timers.set(one, at);
      await timers.clear(name('k'));
      await timers.set(name('l'), after(9 * HOUR));
      await pass(HOUR + LATEST);
      expect(runs.map(({ organizationId, reaction, key }) => [organizationId, reaction, key]).toSorted()).toEqual([
        ['org_a', 'other', 'k'],
        ['org_b', 'test', 'k'],
      ]);
    });

    it('accepts every possible id as a key, and instants a year ahead', async () => {
      const { timers, runs, after, pass } = await start();
      const keys = ['k'.repeat(128), 'auth0|507f1f77bcf86cd799439011', 'a/b c'.replace(' ', '~'), '.', '..', '-_.'];
      for (const key of keys) await timers.set(name(key, { organizationId: 'o'.repeat(128) }), after(365 * 24 * HOUR));
      await pass(364 * 24 * HOUR);
      expect(runs).toEqual([]);
      await pass(24 * HOUR + LATEST);
      expect(runs.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    });

    it('refuses names and instants that an adapter cannot store', async () => {
      const { timers, after } = await start();
      const at = after(HOUR);
      for (const reaction of ['', 'Test', 'te_st', '1st', 'r'.repeat(32)]) {
        await expect(timers.set(name('k', { reaction }), at)).rejects.toThrow('reaction');
      }
      for (const key of ['', 'k'.repeat(129), 'a b', 'ä'])
        await expect(timers.set(name(key), at)).rejects.toThrow('key');
      for (const organizationId of ['', 'o'.repeat(129)]) {
        await expect(timers.set(name('k', { organizationId }), at)).rejects.toThrow('organization');
      }
      for (const instant of ['', 'tomorrow', '2026-01-01', '2026-01-01T00:00:00Z', '2026-13-01T00:00:00.000Z']) {
        await expect(timers.set(name('k'), instant)).rejects.toThrow('instant');
      }
    });
  });

  describe('clear', () => {
    it('removes a timer, and ignores a timer that is not set', async () => {
      const { timers, runs, after, pass } = await start();
      await timers.clear(name('unknown'));
      await timers.set(name('k'), after(HOUR));
      await timers.clear(name('k'));
      await timers.clear(name('k'));
      await pass(2 * HOUR);
      expect(runs).toEqual([]);
    });
  });

  describe('a reaction', () => {
    it('may set its own timer again, also to the same instant', async () => {
      let again: (timer: DueTimer) => Promise<void> = async () => {};
      const { timers, runs, after, pass } = await start((timer) => again(timer));
      let times = 0;
      again = async (timer) => {
        if (times++ < 2) await timers.set(timer, times === 1 ? timer.at : after(HOUR));
      };
      await timers.set(name('k'), after(HOUR));
      await pass(HOUR + LATEST);
      expect(runs).toHaveLength(2);
      await pass(HOUR + LATEST);
      expect(runs).toHaveLength(3);
      await pass(HOUR);
      expect(runs).toHaveLength(3);
    });

    it('that fails is retried without a delay for other timers', async () => {
      let failures = 2;
      const { runs, timers, after, pass } = await start(async ({ key }) => {
        if (key === 'bad' && failures-- > 0) throw new Error('not yet');
      });
      await timers.set(name('bad'), after(HOUR));
      await timers.set(name('good'), after(HOUR));
      await pass(HOUR + LATEST);
      expect(runs.map(({ key }) => key)).toContain('good');
      for (let i = 0; i < 5; i++) await pass(LATEST);
      expect(runs.filter(({ key }) => key === 'bad')).toHaveLength(3);
      expect(runs.filter(({ key }) => key === 'good')).toHaveLength(1);
    });

    it('runs in parallel with a few others if many are due at once', async () => {
      let [now, most] = [0, 0];
      const { runs, timers, after, pass } = await start(async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now--;
      });
      const at = after(HOUR);
      await Promise.all(Array.from({ length: 200 }, (_, i) => timers.set(name(`k${i}`), at)));
      await pass(HOUR + LATEST);
      expect(new Set(runs.map(({ key }) => key)).size).toBe(200);
      expect(runs).toHaveLength(200);
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(50);
    });
  });
}
