import { extendHash, extendHashByUnit, finishHash, HASH_START, hash } from './hash.ts';

/** So many places are there for words and letters; those whose hashes share one are the same to the learner. */
export const BUCKETS = 1 << 15;
/** What a lesson is about stands at its beginning; more of it would only make every lesson larger. */
const MOST_WORDS = 250;
const MOST_RUNS = 450;
const MOST_FEATURES = 900;
const SHORTEST_LETTERS = 3;
const LONGEST_LETTERS = 4;

// A language that writes no blanks comes as one long word: it is cut, and known by its letters.
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
  // The number of an order comes once: what counts is that there is one.
  return /^\p{N}{3,}$/u.test(word) ? '0' : word.toLowerCase();
}

/** One to three words in a row, and three or four letters within a word, as places from 0 on, in ascending order. */
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

/** The places of one word by itself. */
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
