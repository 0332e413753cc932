import { networksOf } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';
import { hashQueue } from './hash-queue.ts';

/** A queue whose hashes end one by one, with `end`. */
function queueOf() {
  let time = 0;
  const run = hashQueue(() => time);
  const ends: (() => void)[] = [];
  const began: string[] = [];
  const from = (address: string, more: { user?: string; isKnown?: boolean } = {}) =>
    run({ networks: networksOf(address), ...more }, async () => {
      began.push(more.user ?? address);
      await new Promise<void>((resolve) => ends.push(resolve));
    }).then(
      () => 'hashed',
      (error: { code: string }) => error.code,
    );
  return {
    from,
    began,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Ends running hashes until none waits. */
    async endAll() {
      await settled();
      for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
        end();
        await settled();
      }
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const countOf = (outcomes: string[], outcome: string) => outcomes.filter((one) => one === outcome).length;

describe('the queue of hashes', () => {
  it('runs two at a time and lets 50 wait', async () => {
    const { from, began, endAll } = queueOf();
    const all = many(60, (i) => from(`192.0.2.${i}`));
    await settled();
    expect(began).toHaveLength(2);
    await endAll();
    const outcomes = await Promise.all(all);
    expect([countOf(outcomes, 'hashed'), countOf(outcomes, 'busy')]).toEqual([52, 8]);
    const later = from('192.0.2.1');
    await endAll();
    expect(await later).toBe('hashed');
  });

  it.each<[string, number, (i: number) => string]>([
    ['an IPv4 address', 15, () => '192.0.2.1'],
    ['a /64', 15, (i) => `2001:db8:1:2::${i}`],
    ['a /56', 25, (i) => `2001:db8:1:2${i.toString(16).padStart(2, '0')}::1`],
    ['a /48', 35, (i) => `2001:db8:1:${i.toString(16)}00::1`],
  ])('has a limited number of places for %s', async (_, places, address) => {
    const { from, endAll } = queueOf();
    const all = many(60, (i) => from(address(i)));
    const others = many(10, (i) => from(`198.51.100.${i}`));
    await endAll();
    const outcomes = await Promise.all(all);
    expect([countOf(outcomes, 'hashed'), countOf(outcomes, 'rate_limited')]).toEqual([places, 60 - places]);
    expect(await Promise.all(others)).toEqual(Array(10).fill('hashed'));
    const later = from(address(0));
    await endAll();
    expect(await later).toBe('hashed');
  });

  it('serves a network that asked for no hash lately before a hundred networks that guess', async () => {
    const { from, began, endAll } = queueOf();
    const guess = (times: number) => many(100 * times, (i) => from(`198.51.100.${i % 100}`));
    guess(1);
    await endAll();
    guess(3);
    const owner = from('192.0.2.1');
    began.length = 0;
    await endAll();
    expect(await owner).toBe('hashed');
    // Two hashes were running when the owner came.
    expect(began.indexOf('192.0.2.1')).toBe(2);
  });

  it('serves a new network before networks that repeat their guesses while the first ones wait', async () => {
    const { from, began, endAll } = queueOf();
    many(400, (i) => from(`198.51.100.${i % 100}`));
    const owner = from('192.0.2.1');
    await endAll();
    expect(await owner).toBe('hashed');
    // Two hashes were running when the owner came.
    expect(began.indexOf('192.0.2.1')).toBe(2);
  });

  it('counts the requests of wider networks too', async () => {
    const { from, began, endAll } = queueOf();
    const guess = (start: number) => many(60, (i) => from(`2001:db8:1:${(start + i).toString(16)}::1`));
    guess(0);
    await endAll();
    guess(1000);
    const owner = from('2001:db8:2:1::1');
    began.length = 0;
    await endAll();
    expect(await owner).toBe('hashed');
    expect(began.indexOf('2001:db8:2:1::1')).toBe(2);
  });

  it('serves known callers before all others, also if each stranger comes for the first time', async () => {
    const { from, began, endAll } = queueOf();
    const strangers = many(52, (i) => from(`198.51.100.${i}`));
    const known = from('192.0.2.1', { isKnown: true });
    await endAll();
    expect(await known).toBe('hashed');
    expect(began.indexOf('192.0.2.1')).toBe(2);
    expect(countOf(await Promise.all(strangers), 'busy')).toBe(1);
  });

  it('forgets the requests of a network after ten minutes', async () => {
    const { from, began, endAll, wait } = queueOf();
    from('198.51.100.1');
    await endAll();
    wait(10 * 60_000);
    many(3, (i) => from(`192.0.2.${i}`));
    from('198.51.100.1');
    from('192.0.2.9');
    began.length = 0;
    await endAll();
    expect(began.at(-1)).toBe('192.0.2.9');
  });

  it('has one place for a user, without blocking other users', async () => {
    const { from, endAll } = queueOf();
    const joy = many(10, () => from('192.0.2.1', { user: 'joy' }));
    const sam = from('192.0.2.1', { user: 'sam' });
    await endAll();
    expect(await Promise.all(joy)).toEqual(['hashed', ...Array(9).fill('rate_limited')]);
    expect(await sam).toBe('hashed');
    const later = from('192.0.2.1', { user: 'joy' });
    await endAll();
    expect(await later).toBe('hashed');
  });
});
