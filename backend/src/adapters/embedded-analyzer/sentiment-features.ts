import { extendHash, extendHashByUnit, finishHash, HASH_START } from '@curlew/core/triage/text';
import { bucketSet } from './bucket-set.ts';
import { SUPPORT_PATTERNS, type SupportPattern, searchForSupport } from './support-patterns.ts';
import type { Word } from './words.ts';

export const BUCKETS = 1 << 17;

/** The input of the sentiment model for a text. */
export interface Features {
  /** Buckets of words and their neighbours. Words in the reach of a negation are marked. */
  readonly words: readonly number[];
  /** Buckets of 3 to 5 letters within words. They help with words that the model does not know. */
  readonly letters: readonly number[];
  /** The features from the lexicon, marks and patterns. Each has its own weight. */
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
/** The index of the first pattern feature. */
export const PATTERNS_FROM = MARKS;

/** The features without marks of excitement: they show how upset a person is, not what the text is about. */
export function calmFeatures(words: readonly Word[], all: Features): Pick<Features, 'words' | 'letters'> {
  const calm = words.filter(({ form }) => form !== '!' && form !== '!!' && form !== '?!');
  if (calm.length === words.length) return all;
  return { words: wordBuckets(calm, inReachOfNegation(calm)), letters: all.letters };
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

const hashName = (name: string) => extendHash(HASH_START, name);
const NAMES = {
  ...{ one: hashName('1'), two: hashName('2'), three: hashName('3'), around: hashName('4') },
  ...{ first: hashName('^'), last: hashName('$'), letters: hashName('c') },
};
const [BLANK, NEGATED, STAR, FRAME] = [...' !*_'].map((mark) => mark.charCodeAt(0)) as [number, number, number, number];

/** Shared by all texts; used for one text at a time. */
const found = bucketSet(BUCKETS);

function wordBuckets(words: readonly Word[], marked: readonly boolean[]): number[] {
  for (let index = 0; index < words.length; index++) {
    const one = formAt(words, index);
    const second = formAt(words, index + 1);
    const third = formAt(words, index + 2);
    const isMarked = marked[index] === true;
    add(extendHash(isMarked ? extendHashByUnit(NAMES.one, NEGATED) : NAMES.one, one));
    if (second === '') break;
    const both = extendHashByUnit(extendHash(isMarked ? extendHashByUnit(NAMES.two, NEGATED) : NAMES.two, one), BLANK);
    add(extendHash(both, second));
    if (third === '') continue;
    const three = extendHash(extendHashByUnit(extendHash(NAMES.three, one), BLANK), second);
    add(extendHash(extendHashByUnit(three, BLANK), third));
    const around = extendHashByUnit(extendHashByUnit(extendHash(NAMES.around, one), BLANK), STAR);
    add(extendHash(extendHashByUnit(around, BLANK), third));
  }
  if (words.length > 0) {
    add(extendHash(NAMES.first, formAt(words, 0)));
    add(extendHash(NAMES.last, formAt(words, words.length - 1)));
  }
  return found.taken();
}

function add(state: number): void {
  found.add(finishHash(state) & (BUCKETS - 1));
}

function formAt(words: readonly Word[], index: number): string {
  return words[index]?.form ?? '';
}

// Longer strings are not real words; a text can have one of a megabyte.
const LONGEST_WORD = 40;

/** Each substring of 3 to 5 units of each framed word: for `sim` these are `_si`, `_sim`, `_sim_`, `sim`, … */
function letterBuckets(words: readonly Word[]): number[] {
  for (const { form } of words) {
    if (form.length < 3 || form.startsWith('<')) continue;
    const length = Math.min(form.length, LONGEST_WORD);
    for (let from = -1; from <= length - 2; from++) {
      let state = NAMES.letters;
      const end = Math.min(from + 5, length + 1);
      for (let index = from; index < end; index++) {
        state = extendHashByUnit(state, index < 0 || index === length ? FRAME : form.charCodeAt(index));
        if (index >= from + 2) add(state);
      }
    }
  }
  return found.taken();
}

/** The features from the lexicon and the marks, after Hutto and Gilbert, VADER (ICWSM 2014). */
function marksOf(words: readonly Word[], marked: readonly boolean[], lexicon: Lexicon): number[] {
  const felt: number[] = [];
  const counts = { letters: 0, exclaims: 0, asks: 0, shouted: 0, drawnOut: 0, negators: 0 };
  for (let index = 0; index < words.length; index++) {
    const { form, isWord, shouted, drawnOut } = words[index] as Word;
    if (isWord) counts.letters++;
    if (shouted) counts.shouted++;
    if (drawnOut) counts.drawnOut++;
    if (isNegator(form)) counts.negators++;
    if (form.startsWith('?')) counts.asks++;
    counts.exclaims += form === '!' ? 1 : form === '!!' || form === '?!' ? 2 : 0;
    const valence = lexicon.get(form) ?? 0;
    if (valence === 0) continue;
    const booster = 1 + (BOOSTERS.get(formAt(words, index - 1)) ?? 0);
    felt.push(valence * booster * (shouted ? 1.2 : 1) * (marked[index] ? -0.6 : 1));
  }
  const glad = felt.filter((valence) => valence > 0);
  const sorry = felt.filter((valence) => valence < 0);
  const positive = sumOf(glad);
  const negative = -sumOf(sorry);
  const compound = (positive - negative) / Math.sqrt((positive - negative) ** 2 + 15);
  const root = Math.sqrt(Math.max(1, counts.letters));
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
    Math.min(4, counts.exclaims) / 4,
    Math.min(2, counts.asks) / 2,
    Math.min(1, counts.shouted / Math.max(3, counts.letters)),
    Math.min(2, counts.drawnOut) / 2,
    Math.min(3, counts.negators) / 3,
    Math.log1p(words.length) / 5,
    words.at(-1)?.form.startsWith('?') ? 1 : 0,
  ];
}

function patternsIn(words: readonly Word[]): number[] {
  const fits = new Array<number>(SUPPORT_PATTERNS.length).fill(0);
  const counts = { NEGATIVE: 0, POSITIVE: 0, NEUTRAL: 0 };
  searchForSupport(words.map(({ form }) => form).join(' '), (index) => {
    fits[index] = 1;
    counts[(SUPPORT_PATTERNS[index] as SupportPattern).leaning]++;
    return false;
  });
  const { NEGATIVE: negative, POSITIVE: positive, NEUTRAL: neutral } = counts;
  return [
    ...fits,
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
