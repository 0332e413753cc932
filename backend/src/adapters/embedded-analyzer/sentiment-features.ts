import { HASH_START, hash, hashedOn, hashedOnUnit, mixed } from '@curlew/core/triage/text';
import { SUPPORT_PATTERNS } from './support-patterns.ts';
import type { Word } from './words.ts';

export const BUCKETS = 1 << 17;

/** What a text looks like to the sentiment model. */
export interface Features {
  /** Buckets of words and neighbours, those in reach of a negation marked. */
  readonly words: readonly number[];
  /** Buckets of 3 to 5 letters within words: what words unknown to the model are made of. */
  readonly letters: readonly number[];
  /** What the lexicon, marks and patterns say; each has a weight of its own. */
  readonly dense: readonly number[];
}

/** Valence of words, from -4 to 4. */
export type Lexicon = ReadonlyMap<string, number>;

const NEGATORS = new Set(
  'not no never none nobody nothing nowhere neither nor without hardly barely scarcely cannot cant wont dont doesnt didnt isnt wasnt arent werent couldnt wouldnt shouldnt havent hasnt hadnt aint'.split(
    ' ',
  ),
);
const ENDS_NEGATION = new Set(', ; : . ! !! ? ?? ?! ... but however although though because'.split(' '));
const REACH = 5;
const BOOSTERS = new Map(
  Object.entries({
    ...{ very: 0.3, really: 0.3, so: 0.3, too: 0.2, most: 0.2, such: 0.2, beyond: 0.3, super: 0.3, freaking: 0.3 },
    ...{ extremely: 0.4, absolutely: 0.4, completely: 0.4, totally: 0.4, incredibly: 0.4, fucking: 0.4 },
    ...{ slightly: -0.3, somewhat: -0.3, kinda: -0.3, fairly: -0.2, bit: -0.2, little: -0.2 },
  }),
);
const MARKS = 20;
export const DENSE = MARKS + SUPPORT_PATTERNS.length + 6;
/** Where the features of the patterns begin. */
export const PATTERNS_FROM = MARKS;

/** The words without marks of excitement: how loud somebody is says nothing of what it is about. */
export function calmFeatures(words: readonly Word[]): Pick<Features, 'words' | 'letters'> {
  const calm = words.filter(({ form }) => form !== '!' && form !== '!!' && form !== '?!');
  return { words: wordBuckets(calm, inReachOfNegation(calm)), letters: letterBuckets(calm) };
}

export function sentimentFeatures(words: readonly Word[], lexicon: Lexicon): Features {
  const marked = inReachOfNegation(words);
  return {
    words: wordBuckets(words, marked),
    letters: letterBuckets(words),
    dense: [...marksOf(words, marked, lexicon), ...patternsIn(words)],
  };
}

function isNegator(form: string): boolean {
  return NEGATORS.has(form) || form.endsWith("n't");
}

function inReachOfNegation(words: readonly Word[]): boolean[] {
  let left = 0;
  return words.map(({ form }) => {
    if (ENDS_NEGATION.has(form)) left = 0;
    const marked = left > 0;
    left = isNegator(form) ? REACH : Math.max(0, left - 1);
    return marked;
  });
}

function bucket(text: string): number {
  return hash(text) & (BUCKETS - 1);
}

function wordBuckets(words: readonly Word[], marked: readonly boolean[]): number[] {
  const found = new Set<number>();
  for (let index = 0; index < words.length; index++) {
    const bare = formAt(words, index);
    const one = marked[index] ? `!${bare}` : bare;
    const second = formAt(words, index + 1);
    const third = formAt(words, index + 2);
    found.add(bucket(`1${one}`));
    if (second !== '') found.add(bucket(`2${one} ${second}`));
    if (third !== '') {
      found.add(bucket(`3${bare} ${second} ${third}`));
      found.add(bucket(`4${bare} * ${third}`));
    }
  }
  if (words.length > 0) {
    found.add(bucket(`^${formAt(words, 0)}`));
    found.add(bucket(`$${formAt(words, words.length - 1)}`));
  }
  return [...found];
}

function formAt(words: readonly Word[], index: number): string {
  return words[index]?.form ?? '';
}

// A word of a megabyte is no word.
const LONGEST_WORD = 40;

const LETTERS_FROM = hashedOn(HASH_START, 'c');

function letterBuckets(words: readonly Word[]): number[] {
  const found = new Set<number>();
  for (const { form } of words) {
    if (form.length < 3 || form.startsWith('<')) continue;
    const framed = `_${form.slice(0, LONGEST_WORD)}_`;
    for (let from = 0; from + 3 <= framed.length; from++) {
      let state = LETTERS_FROM;
      for (let size = 1; size <= 5 && from + size <= framed.length; size++) {
        state = hashedOnUnit(state, framed.charCodeAt(from + size - 1));
        if (size >= 3) found.add(mixed(state) & (BUCKETS - 1));
      }
    }
  }
  return [...found];
}

/** What lexicon and marks say, after Hutto and Gilbert, VADER (ICWSM 2014). */
function marksOf(words: readonly Word[], marked: readonly boolean[], lexicon: Lexicon): number[] {
  const felt = words.flatMap((word, index) => {
    const valence = lexicon.get(word.form) ?? 0;
    if (valence === 0) return [];
    const booster = 1 + (BOOSTERS.get(formAt(words, index - 1)) ?? 0);
    return [valence * booster * (word.shouted ? 1.2 : 1) * (marked[index] ? -0.6 : 1)];
  });
  const glad = felt.filter((valence) => valence > 0);
  const sorry = felt.filter((valence) => valence < 0);
  const positive = sumOf(glad);
  const negative = -sumOf(sorry);
  const compound = (positive - negative) / Math.sqrt((positive - negative) ** 2 + 15);
  const letters = countOf(words, ({ form }) => /^\p{L}/u.test(form));
  const root = Math.sqrt(Math.max(1, letters));
  const exclaims = sumOf(words.map(({ form }) => (form === '!' ? 1 : form === '!!' || form === '?!' ? 2 : 0)));
  const asks = countOf(words, ({ form }) => form.startsWith('?'));
  return [
    1,
    compound,
    Math.max(0, compound),
    positive / root,
    negative / root,
    Math.max(0, ...glad.slice(0, 100)) / 4,
    Math.max(0, ...sorry.slice(0, 100).map((valence) => -valence)) / 4,
    (felt.at(-1) ?? 0) / 4,
    (felt[0] ?? 0) / 4,
    Math.min(3, glad.length) / 3,
    Math.min(3, sorry.length) / 3,
    glad.length > 0 && sorry.length > 0 ? 1 : 0,
    felt.length === 0 ? 1 : 0,
    Math.min(4, exclaims) / 4,
    Math.min(2, asks) / 2,
    Math.min(1, countOf(words, ({ shouted }) => shouted) / Math.max(3, letters)),
    Math.min(
      2,
      countOf(words, ({ drawnOut }) => drawnOut),
    ) / 2,
    Math.min(
      3,
      countOf(words, ({ form }) => isNegator(form)),
    ) / 3,
    Math.log1p(words.length) / 5,
    words.at(-1)?.form.startsWith('?') ? 1 : 0,
  ];
}

function patternsIn(words: readonly Word[]): number[] {
  const text = words.map(({ form }) => form).join(' ');
  const found = SUPPORT_PATTERNS.map(({ pattern }) => (pattern.test(text) ? 1 : 0));
  const [negative, positive, neutral] = (['NEGATIVE', 'POSITIVE', 'NEUTRAL'] as const).map((leaning) =>
    sumOf(found.filter((_, index) => SUPPORT_PATTERNS[index]?.leaning === leaning)),
  ) as [number, number, number];
  return [
    ...found,
    Math.min(3, negative) / 3,
    Math.min(3, positive) / 3,
    Math.min(2, neutral) / 2,
    negative > 0 ? 1 : 0,
    negative > 0 && positive > 0 ? 1 : 0,
    negative + positive === 0 ? 1 : 0,
  ];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function countOf(words: readonly Word[], fits: (word: Word) => boolean): number {
  return words.reduce((count, word) => count + (fits(word) ? 1 : 0), 0);
}
