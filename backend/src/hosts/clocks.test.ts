import { afterEach, describe, expect, it, vi } from 'vitest';
import { orderClock, wallClock } from './clocks.ts';
import { idGenerator } from './ids.ts';

afterEach(() => {
  vi.useRealTimers();
});

function setMachineTime(iso: string): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(iso) });
}

describe('orderClock', () => {
  it('never goes back, even if the clock of the machine does', () => {
    setMachineTime('2026-03-03T10:00:00.000Z');
    const clock = orderClock();
    expect(clock.iso()).toBe('2026-03-03T10:00:00.000Z');
    setMachineTime('2026-03-03T09:00:00.000Z');
    expect(clock.iso()).toBe('2026-03-03T10:00:00.000Z');
    expect(clock.milliseconds()).toBe(Date.parse('2026-03-03T10:00:00.000Z'));
    expect(wallClock.iso()).toBe('2026-03-03T09:00:00.000Z');
    setMachineTime('2026-03-03T10:00:00.001Z');
    expect(clock.iso()).toBe('2026-03-03T10:00:00.001Z');
  });

  it('starts at the latest stored instant if that is in the future', () => {
    setMachineTime('2026-03-03T10:00:00.000Z');
    expect(orderClock('2026-03-04T00:00:00.000Z').iso()).toBe('2026-03-04T00:00:00.000Z');
    expect(orderClock('2026-03-02T00:00:00.000Z').iso()).toBe('2026-03-03T10:00:00.000Z');
  });

  it('is not shared: a server with a fast clock does not affect others', () => {
    setMachineTime('2026-03-03T10:00:00.000Z');
    const [ahead, other] = [orderClock('2030-01-01T00:00:00.000Z'), orderClock()];
    expect(ahead.iso()).toBe('2030-01-01T00:00:00.000Z');
    expect(other.iso()).toBe('2026-03-03T10:00:00.000Z');
  });
});

describe('idGenerator', () => {
  it('creates unique ids that sort in the order of their creation', () => {
    const time = { now: 1_000_000_000_000 };
    const newId = idGenerator({ milliseconds: () => time.now, iso: () => '' });
    const ids = Array.from({ length: 1000 }, () => {
      time.now++;
      return newId('tkt');
    });
    expect(ids.toSorted()).toEqual(ids);
    const sameInstant = Array.from({ length: 1000 }, () => newId('tkt'));
    expect(new Set(sameInstant).size).toBe(1000);
    expect(sameInstant.toSorted()).toEqual(sameInstant);
  });
});
