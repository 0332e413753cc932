import { extendHash, extendHashByUnit, finishHash, HASH_START, hash } from './hash.ts';

/** The number of hash buckets for features. The learner cannot distinguish features in the same bucket. */
export const BUCKETS = 1 << 15;
/** The beginning of a text shows its topic. More words would only make each lesson larger. */
const MOST_WORDS = 250;
const MOST_RUNS = 450;
const MOST_FEATURES = 900;
const SHORTEST_LETTERS = 3;
const LONGEST_LETTERS = 4;

// In a language without spaces a sentence looks like one long word. It is cut, and its letters serve as features.
const WORD = /[\p{L}\p{M}\p{N}]{1,40}(?:'\p{L}{1,3}(?![\p{L}\p{M}]))?/gu;
const LETTERS_FROM = extendHash(HASH_START, 'c');

export interface LearnerWord {
  readonly form: string;
  readonly begin: number;
  readonly end: number;
}

export function learnerWords(text: string): LearnerWord[] {
  const words: LearnerWord[] = [];
  for (const match of text.matchAll(WORD)) {
    if (words.length === MOST_WORDS) break;
    words.push({ form: formOf(match[0]), begin: match.index, end: match.index + match[0].length });
  }
  return words;
}

function formOf(word: string): string {
  // All long numbers, such as order numbers, become the same word: only the presence of a number matters.
  return /^\p{N}{3,}$/u.test(word) ? '0' : word.toLowerCase();
}

/**
 * The buckets of a text's features, sorted: runs of one to three words, and runs of three or four letters in a word.
 */
export function featuresOf(words: readonly LearnerWord[]): Uint16Array {
  const found = new Set<number>();
  for (let index = 0; index < words.length && found.size < MOST_RUNS; index++) {
    let run = words[index]?.form as string;
    found.add(placeOf(`1${run}`));
    for (let size = 2; size <= 3 && index + size <= words.length; size++) {
      run += ` ${words[index + size - 1]?.form}`;
      found.add(placeOf(`${size}${run}`));
    }
  }
  for (const { form } of words) {
    if (found.size >= MOST_FEATURES) break;
    for (const place of letterPlaces(form)) found.add(place);
  }
  return Uint16Array.from(found).sort();
}

/** The buckets of a single word. */
export function placesOfWord({ form }: LearnerWord): number[] {
  return [placeOf(`1${form}`), ...letterPlaces(form)];
}

function letterPlaces(form: string): number[] {
  const places: number[] = [];
  const framed = `_${form}_`;
  for (let from = 0; from + SHORTEST_LETTERS <= framed.length; from++) {
    let state = LETTERS_FROM;
    for (let size = 1; size <= LONGEST_LETTERS && from + size <= framed.length; size++) {
      state = extendHashByUnit(state, framed.charCodeAt(from + size - 1));
      if (size >= SHORTEST_LETTERS) places.push(finishHash(state) & (BUCKETS - 1));
    }
  }
  return places;
}

function placeOf(feature: string): number {
  return hash(feature) & (BUCKETS - 1);
}
