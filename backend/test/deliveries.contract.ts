import { type Deliveries, type Delivery, type RetrySchedule, recordFailure } from '@curlew/core/kernel';
import { describe, expect, it } from 'vitest';

export interface DeliveriesUnderTest {
  readonly deliveries: Deliveries;
  /** Saves events in the store, for deliveries to refer to. Their positions ascend. */
  events(count: number): Promise<readonly Pick<Delivery, 'position' | 'event'>[]>;
}

const NOW = '2026-03-01T00:00:00.000Z';
const HOUR = 3_600_000;
const later = (milliseconds: number, from = NOW) => new Date(Date.parse(from) + milliseconds).toISOString();

/** The contract of every delivery store. */
export function deliveriesContract(open: () => Promise<DeliveriesUnderTest>): void {
  const start = async (count: number) => {
    const { deliveries, events } = await open();
    const all = (await events(count)).map(
      (placed): Delivery => ({
        ...placed,
        owner: 'endpoint_1',
        orderingKey: 'key',
        attempts: 0,
        error: '',
        since: NOW,
      }),
    );
    const due = async (now = NOW, owner = 'endpoint_1') =>
      (await deliveries.due(owner, now, 100)).map(({ position }) => all.findIndex((one) => one.position === position));
    return { deliveries, all, due };
  };
  const of = (all: readonly Delivery[], i: number, more: Partial<Delivery> = {}): Delivery => {
    const found = all[i];
    if (found === undefined) throw new Error(`There is no delivery ${i}.`);
    return { ...found, ...more };
  };

  it('returns an added delivery when it is due', async () => {
    const { deliveries, all, due } = await start(1);
    await deliveries.add(of(all, 0, { since: later(1) }));
    expect(await due()).toEqual([]);
    expect(await deliveries.due('endpoint_1', later(1), 10)).toEqual([of(all, 0, { since: later(1) })]);
  });

  it('returns deliveries of one ordering key in event order, and those of other keys in parallel', async () => {
    const { deliveries, all, due } = await start(4);
    await deliveries.add(of(all, 2));
    await deliveries.park(of(all, 1), later(HOUR));
    await deliveries.add(of(all, 3, { orderingKey: 'other' }));
    expect(await deliveries.waitingKeys('endpoint_1')).toEqual(new Set(['key', 'other']));
    expect(await due()).toEqual([3]);
    expect((await due(later(HOUR))).toSorted()).toEqual([1, 3]);
    await deliveries.settle('endpoint_1', of(all, 1).position);
    expect((await due()).toSorted()).toEqual([2, 3]);
  });

  it('keeps owners apart', async () => {
    const { deliveries, all, due } = await start(1);
    await deliveries.add(of(all, 0));
    await deliveries.add(of(all, 0, { owner: 'endpoint_2', attempts: 3 }));
    await deliveries.settle('endpoint_1', of(all, 0).position);
    expect(await due()).toEqual([]);
    expect(await deliveries.waitingKeys('endpoint_1')).toEqual(new Set());
    expect(await deliveries.due('endpoint_2', NOW, 10)).toMatchObject([{ attempts: 3 }]);
  });

  it('does not replace an existing delivery, waiting or dead', async () => {
    const { deliveries, all, due } = await start(2);
    await deliveries.park(of(all, 0, { attempts: 2, error: 'e' }), later(HOUR));
    await deliveries.bury(of(all, 1, { attempts: 14, error: 'e' }));
    for (const i of [0, 1]) await deliveries.add(of(all, i));
    expect(await due()).toEqual([]);
    expect(await deliveries.due('endpoint_1', later(HOUR), 10)).toMatchObject([{ attempts: 2, error: 'e' }]);
  });

  it('lets later deliveries of the same key pass a dead one', async () => {
    const { deliveries, all, due } = await start(2);
    await deliveries.park(of(all, 0), NOW);
    await deliveries.add(of(all, 1));
    expect(await due()).toEqual([0]);
    await deliveries.bury(of(all, 0));
    expect(await due()).toEqual([1]);
  });

  describe('recordFailure', () => {
    // The schedule of a webhook: in order per endpoint, for three days.
    const DAYS: RetrySchedule = {
      waits: [5000, 60_000, 300_000, 1_800_000, ...[2, 5, 10, 20, 34].map((hours) => hours * HOUR)],
      jitter: 0.2,
      maxAgeMilliseconds: 72 * HOUR,
    };

    it('retries a failing endpoint in order for three days, then gives up one delivery after the other', async () => {
      const { deliveries, all } = await start(2);
      for (const one of all) await deliveries.add(one);
      const tries: [number, string][] = [];
      let lastTry = NOW;
      for (let now = NOW; now <= later(6 * 24 * HOUR); now = later(1000 * 60, now)) {
        for (const delivery of await deliveries.due('endpoint_1', now, 10)) {
          const buried = await recordFailure(deliveries, DAYS, delivery, {
            error: new Error('down'),
            now,
            random: 0.5,
          });
          lastTry = now;
          tries.push([delivery.position, buried ? 'buried' : 'parked']);
        }
      }
      const [first, second] = all.map(({ position }) => position);
      expect(tries.slice(0, 10)).toEqual([...Array(9).fill([first, 'parked']), [first, 'buried']]);
      // The second delivery waited behind the first, and its age ends its retries early.
      expect(tries.slice(10).every(([position]) => position === second)).toBe(true);
      expect(tries.length).toBeLessThan(20);
      expect(tries.at(-1)).toEqual([second, 'buried']);
      expect(lastTry <= later(72 * HOUR)).toBe(true);
      expect(await deliveries.waitingKeys('endpoint_1')).toEqual(new Set());
    });

    it('stores the number of attempts, the error and the time of the first failure', async () => {
      const { deliveries, all } = await start(1);
      const failure = { error: new Error('refused'), now: NOW, random: 0.5 };
      expect(await recordFailure(deliveries, DAYS, of(all, 0), failure)).toBe(false);
      const [parked] = await deliveries.due('endpoint_1', later(5000), 10);
      expect(parked).toEqual(of(all, 0, { attempts: 1, error: 'refused' }));
      expect(await deliveries.due('endpoint_1', later(4999), 10)).toEqual([]);
    });
  });
}
