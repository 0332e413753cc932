import { expect, it } from 'vitest';
import { fairQueue } from './fair-queue.ts';

it('gives each key its turn, and each item of a key in order', () => {
  const queue = fairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.add('a', item);
  expect(queue.take()).toBe('a1');
  queue.add('b', 'b1');
  queue.add('c', 'c1');
  queue.add('b', 'b2');
  expect(queue.size).toBe(5);
  expect(Array.from({ length: 6 }, () => queue.take())).toEqual(['a2', 'b1', 'c1', 'a3', 'b2', undefined]);
  expect(queue.size).toBe(0);
});
