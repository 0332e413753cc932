/** A part of a text and its start offset in that text, in UTF-16 units. */
export interface Piece {
  readonly text: string;
  readonly begin: number;
}

const BLANK = /\s/;
const SENTENCE_MARK = /[.!?…]/;
/** Marks that end a sentence without a blank after them. */
const FULL_STOP = /[\n。！？।]/;

/**
 * Cuts a text into at most `most` pieces of at most `bytes` bytes of UTF-8. Cuts after a sentence if a sentence ends in
 * the piece's second half, else after a word, else between two characters, never inside a character. Leaves out the
 * text after the last piece. Takes time linear in the length of the text.
 */
export function piecesOf(text: string, { bytes, most }: { bytes: number; most: number }): Piece[] {
  const pieces: Piece[] = [];
  for (let begin = 0; begin < text.length && pieces.length < most; ) {
    const end = bestEnd(text, begin, lastEnd(text, begin, bytes));
    pieces.push({ text: text.slice(begin, end), begin });
    begin = end;
  }
  return pieces;
}

function lastEnd(text: string, begin: number, bytes: number): number {
  let used = 0;
  let end = begin;
  while (end < text.length) {
    const point = text.codePointAt(end) as number;
    used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (used > bytes) break;
    end += point < 0x10000 ? 1 : 2;
  }
  return end;
}

function bestEnd(text: string, begin: number, last: number): number {
  if (last === text.length) return last;
  // Every piece has at least half the allowed length, so there are at most twice as many pieces as necessary.
  const half = begin + Math.ceil((last - begin) / 2);
  let word: number | undefined;
  for (let end = last; end > half; end--) {
    const before = text[end - 1] as string;
    if (FULL_STOP.test(before)) return end;
    if (!BLANK.test(before)) continue;
    if (SENTENCE_MARK.test(text[end - 2] as string)) return end;
    word ??= end;
  }
  return word ?? last;
}
