import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from './pieces.ts';

const LIMIT = { bytes: 5000, most: 25 };
const textsOf = (text: string, limit = LIMIT) => piecesOf(text, limit).map((piece) => piece.text);

describe('a long text', () => {
  it('is cut after sentences', () => {
    const sentence = 'The invoice of March is wrong. ';
    for (const piece of textsOf(sentence.repeat(400)).slice(0, -1)) expect(piece).toMatch(/is wrong\. $/);
  });

  it('is cut after a word if no sentence ends', () => {
    for (const piece of textsOf('invoice '.repeat(2000)).slice(0, -1)) expect(piece).toMatch(/invoice $/);
  });

  it('is cut after a line, and after the full stop of a language without blanks', () => {
    expect(textsOf(`${'a'.repeat(3000)}\n${'b'.repeat(3000)}`)[0]).toMatch(/^a+\n$/);
    expect(textsOf(`${'請'.repeat(1000)}。${'款'.repeat(1000)}`)[0]).toMatch(/^請+。$/);
  });

  it('is cut between characters if no word ends', () => {
    expect(textsOf('a'.repeat(12_000)).map((piece) => piece.length)).toEqual([5000, 5000, 2000]);
    expect(textsOf(`a${'😡'.repeat(2000)}`).every((piece) => piece.isWellFormed())).toBe(true);
  });

  it('is cut into at most the allowed number of pieces', () => {
    expect(textsOf('a'.repeat(1 << 20))).toHaveLength(25);
  });

  it('is complete and in order after the cut, for any content', () => {
    const parts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('The end. ', ' ', '\n', '。', '😡', 'word', 'e\u0301')),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 4, max: 40 }), (some, bytes) => {
        const text = some.join('');
        const pieces = piecesOf(text, { bytes, most: Number.POSITIVE_INFINITY });
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces) {
          expect(text.startsWith(piece.text, piece.begin)).toBe(true);
          expect(Buffer.byteLength(piece.text)).toBeLessThanOrEqual(bytes);
          expect(piece.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

it('a short text is one piece, and an empty text has no piece', () => {
  expect(piecesOf('The end. Or not?', LIMIT)).toEqual([{ text: 'The end. Or not?', begin: 0 }]);
  expect(piecesOf('', LIMIT)).toEqual([]);
});
