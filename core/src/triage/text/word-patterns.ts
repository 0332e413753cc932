import { beginningsOf } from './beginnings.ts';

export interface Match {
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}

const LETTER_OR_DIGIT = /[\p{L}\d]/u;

/**
 * Searches for many patterns at once. A pattern is tried only at words that begin with the first letters of a possible
 * match. Trying each pattern at each letter took three times as long.
 */
export function wordPatterns(sources: readonly string[]) {
  const patterns = sources.map((source) => new RegExp(source, 'iuy'));
  const { byLetter, byLetters } = beginningsIn(sources);

  /**
   * Calls `found` with each match that does not follow a letter or digit: for each pattern from left to right, without
   * overlaps. Once `found` returns false for a pattern, the search for this pattern ends.
   */
  return function search(text: string, found: (pattern: number, match: Match) => boolean): void {
    const from = new Array<number>(patterns.length).fill(0);
    function tryAt(begin: number, some: readonly number[]): void {
      for (const index of some) {
        if (begin < (from[index] as number)) continue;
        const pattern = patterns[index] as RegExp;
        pattern.lastIndex = begin;
        const match = pattern.exec(text);
        if (match === null) continue;
        const end = begin + match[0].length;
        from[index] = found(index, { text: match[0], begin, end }) ? end : Number.POSITIVE_INFINITY;
      }
    }
    for (const begin of wordStarts(text)) {
      const some = byLetter[letterKey(text, begin)];
      if (some !== undefined) tryAt(begin, some);
      const others = byLetters.get(lettersAt(text, begin));
      if (others !== undefined) tryAt(begin, others);
    }
  };
}

/**
 * Indexes the patterns by the first three letters of their matches, or by the first letter if fewer than three are
 * known.
 */
function beginningsIn(sources: readonly string[]) {
  const byLetter: (number[] | undefined)[] = new Array(FOLDED).fill(undefined);
  const byLetters = new Map<number, number[]>();
  for (const [index, source] of sources.entries()) {
    for (const beginning of beginningsOf(source)) {
      if (beginning === '') throw new Error(`A match of this pattern may begin with any letter: ${source}`);
      if (beginning.length === 3) {
        const key = lettersAt(beginning, 0);
        byLetters.set(key, [...(byLetters.get(key) ?? []), index]);
      } else {
        const key = letterKey(beginning, 0);
        byLetter[key] = [...new Set([...(byLetter[key] ?? []), index])];
      }
    }
  }
  return { byLetter, byLetters };
}

const FOLDED = 0x80;

/** A letter in lower case as a number below 128. Some rare letters share a number, which only causes a useless try. */
function letterKey(text: string, place: number): number {
  const code = text.charCodeAt(place);
  const unit = (code < FOLDED ? code : text.charAt(place).toLowerCase().charCodeAt(0)) & (FOLDED - 1);
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}

function lettersAt(text: string, place: number): number {
  return (letterKey(text, place) * FOLDED + letterKey(text, place + 1)) * FOLDED + letterKey(text, place + 2);
}

/** The positions of all non-blank characters that do not follow a letter or digit. */
function wordStarts(text: string): number[] {
  const starts: number[] = [];
  let isWithin = false;
  for (let place = 0; place < text.length; ) {
    const point = text.codePointAt(place) as number;
    const isPart = isLetterOrDigit(point);
    if (!isWithin && (isPart || point > BLANK)) starts.push(place);
    isWithin = isPart;
    place += point > 0xffff ? 2 : 1;
  }
  return starts;
}

const BLANK = 0x20;
const COMMON = Array.from({ length: 0x80 }, (_, point) => LETTER_OR_DIGIT.test(String.fromCodePoint(point)));

function isLetterOrDigit(point: number): boolean {
  return COMMON[point] ?? LETTER_OR_DIGIT.test(String.fromCodePoint(point));
}
