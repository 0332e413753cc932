import { describe, expect, it } from 'vitest';
import { fitsPattern } from './event-pattern.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: { Keys: { pk: { S: 'T#default#K#1' }, sk: { S: 'E#2026#evt_1' } } },
};

describe('an event pattern', () => {
  it.each([
    ['the filter of the relay', { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'E#' }] } } } }, true],
    ['another value', { eventName: ['MODIFY', 'REMOVE'] }, false],
    ['one of several values', { eventName: ['MODIFY', 'INSERT'] }, true],
    ['another prefix', { dynamodb: { Keys: { sk: { S: [{ prefix: 'A' }] } } } }, false],
    ['a suffix', { dynamodb: { Keys: { sk: { S: [{ suffix: 'evt_1' }] } } } }, true],
    ['a missing member', { dynamodb: { Keys: { sk: { N: ['1'] } } } }, false],
    ['the existence of a member', { eventName: [{ exists: true }] }, true],
    ['the absence of a member', { missing: [{ exists: false }] }, true],
    ['anything but a value', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    ['anything but the present value', { eventName: [{ 'anything-but': 'INSERT' }] }, false],
    ['one of two patterns', { $or: [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }] }, true],
    ['letters of either case', { eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    ['nothing', {}, true],
  ])('matches %s', (_, pattern, expected) => {
    expect(fitsPattern(pattern, record)).toBe(expected);
  });

  it('compares numbers', () => {
    const between = { n: [{ numeric: ['>', 1, '<=', 5] }] };
    expect([1, 2, 5, 6].map((n) => fitsPattern(between, { n }))).toEqual([false, true, true, false]);
  });

  it('throws for an unknown operator', () => {
    expect(() => fitsPattern({ eventName: [{ cidr: '10.0.0.0/24' }] }, record)).toThrow('cidr');
  });
});
