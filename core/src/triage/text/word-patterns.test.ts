import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningsOf } from './beginnings.ts';
import { wordPatterns } from './word-patterns.ts';

describe('beginningsOf', () => {
  it.each([
    ['refund|money back', ['ref', 'mon']],
    ['(?:very )?late', ['ver', 'lat']],
    ['is (?:down|up)', ['is ']],
    ['p[01]|P2', ['p0', 'p1', 'p2']],
    ['wi-?fi', ['wi-', 'wif']],
    ['a\\.s\\.a\\.p', ['a.s']],
    ['on(?! time)ly', ['onl']],
    ['a+h|b{2,3}c', ['a', 'b']],
    ['x[a-z]|y\\p{L}|z.', ['x', 'y', 'z']],
    ['\\d', [...'0123456789']],
    ['[^.]{0,9}?late', ['', 'lat']],
  ])('%s', (source, beginnings) => {
    expect([...beginningsOf(source)].sort()).toEqual([...beginnings].sort());
  });

  it('throws for a pattern that it cannot parse', () => {
    expect(() => beginningsOf('late)')).toThrow('cannot be read');
  });
});

describe('wordPatterns', () => {
  const SOURCES = [
    '(?:not |never )?(?:urgent|an emergency)',
    '(?:\\d+|several) (?:\\p{L}+ )?(?:users|people)(?![\\p{L}\\d])',
    '[$€] ?\\d|\\d ?(?:€|euros?)',
    "(?:can'?t|cannot) (?:log ?-?in|pay)",
    'whenever(?=\\s*(?:[.!]|$))',
    '(?:charge|invoice)[^.!?\\n]{0,20}?wrong',
  ];
  const search = wordPatterns(SOURCES);

  it('finds the same matches as each pattern alone at the beginnings of words', () => {
    const parts = fc.constantFrom(
      ...[
        'urgent',
        'not ',
        'an emergency',
        '12',
        'several ',
        'angry ',
        'users',
        '€',
        '$ ',
        '5',
        "can't ",
        'log in',
        'pay',
      ],
      ...['whenever', 'Charge ', 'wrong', '.', ' ', '\n', '_', 'é', '𝐀', '😡', 'NEVER ', 'x'],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (some) => {
        const text = some.join('');
        const found: string[][] = SOURCES.map(() => []);
        search(text, (pattern, { text: words, begin, end }) => {
          expect(text.slice(begin, end)).toBe(words);
          return (found[pattern] as string[]).push(`${begin} ${words}`) > 0;
        });
        const expected = SOURCES.map((source) =>
          [...text.matchAll(new RegExp(`(?<![\\p{L}\\d])(?:${source})`, 'giu'))].map((one) => `${one.index} ${one[0]}`),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('stops the search for a pattern when found returns false', () => {
    const found: string[] = [];
    search('urgent 5 € urgent 6 €', (pattern, match) => {
      found.push(match.text);
      return pattern !== 0;
    });
    expect(found).toEqual(['urgent', '5 €', '6 €']);
  });

  it('throws for a pattern that may begin with any letter', () => {
    expect(() => wordPatterns(['\\p{L}+ now'])).toThrow('begin');
  });
});
