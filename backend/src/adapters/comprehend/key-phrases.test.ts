import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPhrasesOf } from './key-phrases.ts';

const phrase = (BeginOffset: number, EndOffset: number, Score = 0.9) => ({ BeginOffset, EndOffset, Score });
const found = (text: string, ...KeyPhrases: ReturnType<typeof phrase>[]) =>
  keyPhrasesOf(text, [{ text, begin: 0 }], [{ KeyPhrases }]);

describe('offsets of key phrases', () => {
  it.each([
    ['plain letters', 'see the bill now', 4, 12, 'the bill'],
    ['emoji before it', '😡😡 the bill', 3, 11, 'the bill'],
    ['emoji in it', 'my 👍🏽 bill', 0, 10, 'my 👍🏽 bill'],
    ['letters with marks', 'e\u0301e\u0301 the cafe\u0301', 5, 14, 'the cafe\u0301'],
    ['ideographs outside the Basic Multilingual Plane', '𠮷野家 の 請求書', 6, 9, '請求書'],
  ])('are converted from code points to UTF-16 units: %s', (_, text, begin, end, words) => {
    const [one] = found(text, phrase(begin, end));
    expect(one?.text).toBe(words);
    expect(text.slice(one?.begin, one?.end)).toBe(words);
  });

  it.each([
    ['before the text', -3, 2],
    ['beyond the text', 90, 99],
    ['backwards', 8, 4],
    ['empty', 4, 4],
    ['no whole number', 1.5, 4],
    ['no number', Number.NaN, Number.NaN],
  ])('are ignored if they are %s', (_, begin, end) => {
    expect(found('see the bill now', phrase(begin, end), phrase(4, 12)).map(({ text }) => text)).toEqual(['the bill']);
  });

  it('never point beyond the end of the text', () => {
    expect(found('see the bill', phrase(4, 9999))).toEqual([{ text: 'the bill', score: 0.9, begin: 4, end: 12 }]);
  });

  it('lie within the text, in order and without duplicates, for any response', () => {
    const anywhere = fc.record({
      BeginOffset: fc.double(),
      EndOffset: fc.double(),
      Score: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const near = fc.tuple(fc.nat(40), fc.nat(40)).map(([begin, end]) => phrase(begin, end));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.oneof(near, anywhere)), (text, phrases) => {
        const all = found(text, ...phrases);
        for (const [index, one] of all.entries()) {
          expect(one.text).toBe(text.slice(one.begin, one.end));
          expect(one.text.isWellFormed()).toBe(true);
          expect(one.end).toBeGreaterThan(one.begin);
          expect(one.begin).toBeGreaterThanOrEqual(all[index - 1]?.begin ?? 0);
        }
        expect(new Set(all.map(({ begin, end }) => `${begin}-${end}`)).size).toBe(all.length);
      }),
    );
  });
});

it('key phrases of later pieces have offsets in the whole text', () => {
  const pieces = [
    { text: '😡 my bill. ', begin: 0 },
    { text: '😡 my fee.', begin: 12 },
  ];
  const text = pieces.map((piece) => piece.text).join('');
  const all = keyPhrasesOf(text, pieces, [{ KeyPhrases: [phrase(2, 9)] }, { KeyPhrases: [phrase(2, 8)] }]);
  expect(all.map((one) => [one.text, text.slice(one.begin, one.end)])).toEqual([
    ['my bill', 'my bill'],
    ['my fee', 'my fee'],
  ]);
});

it('only the hundred key phrases with the highest scores stay', () => {
  const text = 'ab '.repeat(300);
  const all = found(text, ...Array.from({ length: 300 }, (_, index) => phrase(index * 3, index * 3 + 2, index / 300)));
  expect(all).toHaveLength(100);
  expect(all[0]?.begin).toBe(600);
});

it('a phrase without letters, or longer than 200 characters, is no key phrase', () => {
  const text = `!!! ${'a'.repeat(201)}`;
  expect(found(text, phrase(0, 3), phrase(4, 205))).toEqual([]);
});
