import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, unfoldLines } from './clean-text.ts';

describe('a clean text', () => {
  it.each([
    ['is composed', 'cafe\u0301', 'caf\u00e9'],
    ['has no controls', 'a\u0000b\u001bc\u007f', 'abc'],
    ['has nothing invisible', 'pa\u200bss\u00adword\u2060\ufeff', 'password'],
    ['runs in one direction', '\u202egnp.exe\u202c', 'gnp.exe'],
    ['has common blanks', 'a\u00a0b\tc\u3000d', 'a b c d'],
    ['keeps its lines', 'one\r\ntwo\u2028three', 'one\ntwo\nthree'],
    ['has no long gaps', `a${' '.repeat(50)}b${'\n'.repeat(50)}c`, 'a b\n\nc'],
    ['has no runs of a letter', `help${'!'.repeat(5000)}`, `help${'!'.repeat(60)}`],
    ['has few marks on a letter', `z${'\u0300'.repeat(9000)}`, `z${'\u0300'.repeat(4)}`],
    ['keeps emoji', 'so 😡 ❤️', 'so 😡 ❤️'],
    ['has whole characters', 'a\ud800b', 'a\ufffdb'],
    ['has plain apostrophes', 'can\u2019t', "can't"],
    ['may be empty', '\u200b\u200b', ''],
  ])('%s', (_, original, expected) => {
    expect(cleanText(original).text).toBe(expected);
  });

  it('knows where each part was', () => {
    const original = 'My\u200b cafe\u0301   is closed';
    const { text, originalSpan } = cleanText(original);
    const begin = text.indexOf('caf\u00e9');
    const span = originalSpan(begin, begin + 4);
    expect(original.slice(span.begin, span.end)).toBe('cafe\u0301');
  });

  it('knows where the parts of pieces were', () => {
    const original = '<p>Tea &amp; cake</p>';
    const pieces = [
      { text: 'Tea ', begin: 3, end: 7 },
      { text: '&', begin: 7, end: 12 },
      { text: ' cake', begin: 12, end: 17 },
    ];
    const { text, originalSpan } = cleanText(original, pieces);
    expect(text).toBe('Tea & cake');
    const span = originalSpan(4, 10);
    expect(original.slice(span.begin, span.end)).toBe('&amp; cake');
  });

  it('is its own clean text, and its spans are within the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(), fc.nat(), (original, one, other) => {
        const { text, originalSpan } = cleanText(original);
        expect(cleanText(text).text).toBe(text);
        const [from, to] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        const { begin, end } = originalSpan(from, to);
        expect(begin).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(original.length);
      }),
    );
  });
});

describe('a text without folds', () => {
  it.each([
    [
      'goes on after a long line',
      'all our tills are down since this morning and\nnobody can pay',
      'all our tills are down since this morning and nobody can pay',
    ],
    ['keeps short lines', 'Name: Ana\nOrder: 4421', 'Name: Ana\nOrder: 4421'],
    ['keeps blank lines', `${'long '.repeat(12)}\n\nnext`, `${'long '.repeat(12)}\n\nnext`],
    ['keeps new sentences', `${'long '.repeat(12)}\nNext`, `${'long '.repeat(12)}\nNext`],
  ])('%s', (_, text, expected) => {
    expect(unfoldLines(text)).toBe(expected);
  });
});
