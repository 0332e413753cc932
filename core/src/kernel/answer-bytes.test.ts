import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_BYTES, answerBytes, fittingItems } from './index.ts';

const twiceEncoded = (value: unknown) => Buffer.byteLength(JSON.stringify(JSON.stringify(value))) - '""'.length;

describe('answerBytes', () => {
  it.each(['', '"', '\\', '\n', '\u0001', '\u007f', 'é', 'あ', '😀', '\ud800', '\u2028'])('counts %j', (text) => {
    expect(answerBytes({ text })).toBe(twiceEncoded({ text }) + 1);
  });

  it('counts every text as JSON inside a JSON string, with a comma', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => answerBytes(text) === twiceEncoded(text) + 1));
  });
});

describe('fittingItems', () => {
  const items = (count: number, text: string) => Array.from({ length: count }, () => text);

  it('OK: all items of an ordinary page', () => {
    const page = items(100, 'x'.repeat(20_000));
    expect(fittingItems(page, JSON.stringify(page))).toBe(100);
  });

  it('as many as the answer has room for', () => {
    const page = items(100, '"'.repeat(20_000));
    const fitting = fittingItems(page, JSON.stringify(page));
    expect(twiceEncoded(page.slice(0, fitting))).toBeLessThanOrEqual(ANSWER_BYTES + 1);
    expect(twiceEncoded(page.slice(0, fitting + 1))).toBeGreaterThan(ANSWER_BYTES);
  });

  it('one item, however large', () => {
    const page = items(2, '"'.repeat(ANSWER_BYTES));
    expect(fittingItems(page, JSON.stringify(page))).toBe(1);
  });
});
