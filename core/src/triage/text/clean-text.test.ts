import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, unfoldLines } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['composes letters', 'cafe\u0301', 'caf\u00e9'],
    ['removes control characters', 'a\u0000b\u001bc\u007f', 'abc'],
    ['removes invisible characters', 'pa\u200bss\u00adword\u2060\ufeff', 'password'],
    ['removes direction marks', '\u202egnp.exe\u202c', 'gnp.exe'],
    ['replaces special spaces', 'a\u00a0b\tc\u3000d', 'a b c d'],
    ['keeps line breaks', 'one\r\ntwo\u2028three', 'one\ntwo\nthree'],
    ['shortens runs of spaces and line breaks', `a${' '.repeat(50)}b${'\n'.repeat(50)}c`, 'a b\n\nc'],
    ['shortens runs of a character', `help${'!'.repeat(5000)}`, `help${'!'.repeat(60)}`],
    ['limits the marks on a letter', `z${'\u0300'.repeat(9000)}`, `z${'\u0300'.repeat(4)}`],
    ['keeps emoji', 'so 😡 ❤️', 'so 😡 ❤️'],
    ['replaces half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['replaces curly apostrophes', 'can\u2019t', "can't"],
    ['returns an empty text for invisible characters only', '\u200b\u200b', ''],
  ])('%s', (_, original, expected) => {
    expect(cleanText(original).text).toBe(expected);
  });

  it('maps a span to the original text', () => {
    const original = 'My\u200b cafe\u0301   is closed';
    const { text, originalSpan } = cleanText(original);
    const begin = text.indexOf('caf\u00e9');
    const span = originalSpan(begin, begin + 4);
    expect(original.slice(span.begin, span.end)).toBe('cafe\u0301');
  });

  it('maps a span to the original text of pieces', () => {
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

  it('changes a clean text no further, and maps every span into the original', () => {
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

describe('unfoldLines', () => {
  it.each([
    [
      'joins a long line with its continuation',
      'all our tills are down since this morning and\nnobody can pay',
      'all our tills are down since this morning and nobody can pay',
    ],
    ['keeps short lines', 'Name: Ana\nOrder: 4421', 'Name: Ana\nOrder: 4421'],
    ['keeps blank lines', `${'long '.repeat(12)}\n\nnext`, `${'long '.repeat(12)}\n\nnext`],
    ['keeps the line break before a new sentence', `${'long '.repeat(12)}\nNext`, `${'long '.repeat(12)}\nNext`],
  ])('%s', (_, text, expected) => {
    expect(unfoldLines(text)).toBe(expected);
  });
});
