import type { KeyPhrase } from '@curlew/core/triage';
import type { KeyPhrasesAnswer } from './answers.ts';
import { unitsOf, wholeCharacters } from './offsets.ts';
import type { Piece } from './pieces.ts';

const MOST_PHRASES = 100;
const LONGEST_PHRASE = 200;

/**
 * The hundred key phrases with the highest scores from all pieces, in text order. Comprehend's offsets count the code
 * points of a piece. The words come from the original text, because the text that was sent may have been masked.
 */
export function keyPhrasesOf(
  original: string,
  pieces: readonly Piece[],
  answers: readonly (KeyPhrasesAnswer | undefined)[],
): KeyPhrase[] {
  const found = new Map<string, KeyPhrase>();
  for (const [index, piece] of pieces.entries()) {
    const unit = unitsOf(piece.text);
    for (const { BeginOffset, EndOffset, Score } of answers[index]?.KeyPhrases ?? []) {
      if (!(Number.isInteger(BeginOffset) && BeginOffset >= 0 && EndOffset > BeginOffset)) continue;
      const { begin, end } = wholeCharacters(
        original,
        piece.begin + unit(BeginOffset),
        piece.begin + unit(Math.floor(EndOffset)),
      );
      const text = original.slice(begin, end);
      if (text.length > LONGEST_PHRASE || !/[\p{L}\d]/u.test(text)) continue;
      found.set(`${begin}-${end}`, { text, score: Math.round(Score * 1e4) / 1e4, begin, end });
    }
  }
  return bestPhrases([...found.values()]).sort((one, other) => one.begin - other.begin || one.end - other.end);
}

function bestPhrases(phrases: KeyPhrase[]): KeyPhrase[] {
  // The sort is stable: of phrases with equal scores, the earlier ones stay.
  return phrases.sort((one, other) => other.score - one.score).slice(0, MOST_PHRASES);
}
