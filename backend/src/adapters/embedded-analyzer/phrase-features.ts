import { extendHash, extendHashByUnit, finishHash, HASH_START } from '@curlew/core/triage/text';

export const BUCKETS = 1 << 16;
/** `O` outside a phrase, `B` at its beginning, `I` inside it. */
export const TAGS = ['O', 'B', 'I'] as const;
/** The tag before the first token. */
export const START = 3;
const BEFORE = ['O', 'B', 'I', '^'];

/** The properties of a token that its features are made from. */
export interface Look {
  readonly lower: string;
  /** The kinds of its characters: `Xx` for a name, `9` for a number. */
  readonly shape: string;
}

const BEFORE_ALL: Look = { lower: '<s>', shape: '^' };
const AFTER_ALL: Look = { lower: '</s>', shape: '$' };

export function wordForms(texts: readonly string[]): Look[] {
  return texts.map((text) => ({ lower: text.toLowerCase(), shape: shapeOf(text) }));
}

// Each feature is the hash of its name and its value. The names are hashed once.
const hashName = (name: string) => extendHash(HASH_START, name);
const OF_WORDS = {
  ...{ word: hashName('w'), before: hashName('p'), after: hashName('n'), second: hashName('P'), next: hashName('N') },
  ...{ withBefore: hashName('pw'), withAfter: hashName('wn'), around: hashName('pn'), following: hashName('nnn') },
};
const OF_ENDS = [1, 2, 3, 4].map((size) => hashName(`s${size}`)) as [number, number, number, number];
const OF_PARTS = {
  ...{ first: hashName('f1'), firstThree: hashName('f3') },
  ...{
    endBefore: hashName('ps3'),
    shortEndAfter: hashName('ns2'),
    endAfter: hashName('ns3'),
    endOfNext: hashName('nns'),
  },
  ...{ shortEnds: hashName('ps'), endAndAfter: hashName('ws3n'), endBeforeAndWord: hashName('ps3w') },
};
const OF_SHAPES = { shape: hashName('h'), withBefore: hashName('hp'), withAfter: hashName('hn') };
const ALWAYS = bucketOf(hashName('b'));
const AFTER_TAG = BEFORE.map((tag) => ({
  tag: bucketOf(hashName(`t${tag}`)),
  ...{ word: hashName(`tw${tag}`), end: hashName(`ts${tag}`), shape: hashName(`th${tag}`) },
}));
const BAR = '|'.charCodeAt(0);

/** The features of a token and its neighbours, as buckets. */
export function tokenFeatures(looks: readonly Look[], index: number): number[] {
  const { lower: word, shape } = looks[index] as Look;
  const { lower: before, shape: shapeBefore } = looks[index - 1] ?? BEFORE_ALL;
  const { lower: after, shape: shapeAfter } = looks[index + 1] ?? AFTER_ALL;
  const second = (looks[index - 2] ?? BEFORE_ALL).lower;
  const next = (looks[index + 2] ?? AFTER_ALL).lower;
  return [
    bucketOf(extendHash(OF_WORDS.word, word)),
    bucketOf(extendHash(OF_WORDS.before, before)),
    bucketOf(extendHash(OF_WORDS.after, after)),
    bucketOf(extendHash(OF_WORDS.second, second)),
    bucketOf(extendHash(OF_WORDS.next, next)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_WORDS.withBefore, before), BAR), word)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_WORDS.withAfter, word), BAR), after)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_WORDS.around, before), BAR), after)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_WORDS.following, after), BAR), next)),
    bucketOf(hashEnd(OF_ENDS[0], word, 1)),
    bucketOf(hashEnd(OF_ENDS[1], word, 2)),
    bucketOf(hashEnd(OF_ENDS[2], word, 3)),
    bucketOf(hashEnd(OF_ENDS[3], word, 4)),
    bucketOf(extendHash(OF_PARTS.first, word, 0, Math.min(1, word.length))),
    bucketOf(extendHash(OF_PARTS.firstThree, word, 0, Math.min(3, word.length))),
    bucketOf(hashEnd(OF_PARTS.endBefore, before, 3)),
    bucketOf(hashEnd(OF_PARTS.shortEndAfter, after, 2)),
    bucketOf(hashEnd(OF_PARTS.endAfter, after, 3)),
    bucketOf(hashEnd(OF_PARTS.endOfNext, next, 3)),
    bucketOf(hashEnd(extendHashByUnit(hashEnd(OF_PARTS.shortEnds, before, 2), BAR), word, 2)),
    bucketOf(hashEnd(extendHashByUnit(hashEnd(OF_PARTS.endAndAfter, word, 3), BAR), after, 3)),
    bucketOf(extendHash(extendHashByUnit(hashEnd(OF_PARTS.endBeforeAndWord, before, 3), BAR), word)),
    bucketOf(extendHash(OF_SHAPES.shape, shape)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_SHAPES.withBefore, shapeBefore), BAR), shape)),
    bucketOf(extendHash(extendHashByUnit(extendHash(OF_SHAPES.withAfter, shape), BAR), shapeAfter)),
    ALWAYS,
  ];
}

/** The features of a token after a token with the tag `before`. */
export function stepFeatures({ lower, shape }: Look, before: number): number[] {
  const { tag, word, end, shape: ofShape } = AFTER_TAG[before] as (typeof AFTER_TAG)[number];
  return [
    tag,
    bucketOf(extendHash(word, lower)),
    bucketOf(hashEnd(end, lower, 3)),
    bucketOf(extendHash(ofShape, shape)),
  ];
}

function bucketOf(state: number): number {
  return finishHash(state) & (BUCKETS - 1);
}

function hashEnd(state: number, text: string, length: number): number {
  return extendHash(state, text, Math.max(0, text.length - length));
}

const LONGEST_LOOKED_AT = 40;
const LONGEST_SHAPE = 6;

/** Replaces runs of capitals by `X`, of small letters by `x` and of digits by `9`. Keeps other characters. */
function shapeOf(text: string): string {
  let shape = '';
  let last = '';
  for (const letter of text.slice(0, LONGEST_LOOKED_AT)) {
    const kind = kindOf(letter);
    if (kind === '' || kind !== last) shape += kind || letter;
    if (shape.length >= LONGEST_SHAPE) break;
    last = kind;
  }
  return shape.slice(0, LONGEST_SHAPE);
}

function kindOf(letter: string): string {
  if (letter >= 'a' && letter <= 'z') return 'x';
  if (letter >= 'A' && letter <= 'Z') return 'X';
  if (letter >= '0' && letter <= '9') return '9';
  if (letter < '\x80') return '';
  return /\p{Lu}/u.test(letter) ? 'X' : /\p{Ll}/u.test(letter) ? 'x' : '';
}
