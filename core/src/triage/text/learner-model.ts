import { BUCKETS } from './learner-features.ts';

/** How far one lesson may push; the less, the more hesitant the learner. */
export const FIRMNESS = 40;
/** Words that are everywhere count less, by this power of how many lessons have them. */
const RARITY = -0.2;
/** What every text has: how common a tag is by itself. */
const BIAS = 0.5;
/** A push is kept as the root of itself in a signed byte: small ones matter, large ones need not be exact. */
const LARGEST_PUSH = 2 * FIRMNESS;
const STEPS = 127;
const LEAST_PUSH = 0.0005 * FIRMNESS;
/** Who lacks less than that stays where it is. */
const LEAST_STEP = 0.005 * FIRMNESS;
const MOST_PUSHES = 32;
const HALVINGS = 6;
/** A category less likely than that is none that words had to speak against. */
const RIVAL = 0.005;

export interface Column {
  readonly kind: 'category' | 'tag';
  readonly name: string;
}

/**
 * What a lesson is to the learner: places of its words, columns of what people decided, and what it has taught so far.
 */
export interface HeldLesson {
  /** Of its ticket, 64 bits as text. */
  readonly key: string;
  /** Which lesson it was, counted from 1. */
  readonly age: number;
  readonly features: Uint16Array;
  /** Columns; one category at most. */
  readonly labels: readonly number[];
  /** Columns that it pushes, and how far, as signed bytes. */
  pushed: readonly number[];
  pushes: readonly number[];
}

/**
 * A linear model that is the sum of what its lessons push: a softmax over categories and a logistic for each tag, both
 * regularised, in their dual form (Yu, Huang, Lin 2011). So its optimum does not depend on the order of the lessons,
 * and a lesson that goes takes along what it pushed.
 */
export function learnerModel(columns: readonly Column[], lessons: readonly HeldLesson[]) {
  const width = columns.length;
  const weights = new Float32Array((BUCKETS + 1) * width);
  const values = rarityIn(lessons);
  const categories = columnsOf(columns, 'category');
  const tags = columnsOf(columns, 'tag');
  const was = new Float64Array(width);
  const next = new Float64Array(width);

  for (const lesson of lessons) {
    const pushes = lesson.pushes.map(pushOf);
    spread(lesson.features, lesson.pushed, pushes);
  }

  function scoresOf(features: Uint16Array): Float64Array {
    const scores = new Float64Array(width);
    const scale = scaleOf(features);
    for (const place of features) {
      const value = at(values, place) * scale;
      const row = place * width;
      for (let column = 0; column < width; column++)
        scores[column] = at(scores, column) + at(weights, row + column) * value;
    }
    for (const column of tags) scores[column] = at(scores, column) + at(weights, BUCKETS * width + column) * BIAS;
    return scores;
  }

  /** How likely each column is. */
  function likelihoods(features: Uint16Array): Float64Array {
    const scores = scoresOf(features);
    const likely = new Float64Array(width);
    softmax(scores, categories, likely);
    for (const column of tags) likely[column] = logistic(at(scores, column));
    return likely;
  }

  /** Lets a lesson push as far as it should, given what the others push. */
  function practise(lesson: HeldLesson): void {
    const scores = scoresOf(lesson.features);
    was.fill(0);
    lesson.pushed.forEach((column, index) => {
      was[column] = pushOf(lesson.pushes[index] as number);
    });
    next.set(was);
    const category = lesson.labels.find((column) => columns[column]?.kind === 'category');
    if (category !== undefined && categories.length > 1) pushCategories(scores, category);
    for (const tag of tags) pushTag(tag, at(scores, tag), lesson.labels.includes(tag) ? 1 : 0);
    keep(lesson);
  }

  function pushCategories(scores: Float64Array, right: number): void {
    const mean = categories.reduce((sum, column) => sum + at(was, column), 0) / categories.length;
    const likely = new Float64Array(width);
    const towards = new Float64Array(width);
    const moved = new Float64Array(width);
    softmax(scores, categories, likely);
    let most = 0;
    for (const column of categories) {
      towards[column] = missing(column) - (at(was, column) - mean);
      most = Math.max(most, Math.abs(at(towards, column)));
    }
    if (most < LEAST_STEP) return;
    const far = bisect((share) => {
      for (const column of categories) moved[column] = at(scores, column) + share * at(towards, column);
      softmax(moved, categories, likely);
      return categories.reduce((sum, column) => {
        const left = missing(column) - (at(was, column) - mean) - share * at(towards, column);
        return sum + at(towards, column) * left;
      }, 0);
    });
    for (const column of categories) next[column] = at(was, column) - mean + far * at(towards, column);
    // The same for all categories changes nothing: with the commonest push at none, few are left to keep.
    const sorted = Float64Array.from(categories, (column) => at(next, column)).sort();
    const common = at(sorted, sorted.length >> 1);
    for (const column of categories) next[column] = at(next, column) - common;

    function missing(column: number): number {
      return FIRMNESS * ((column === right ? 1 : 0) - at(likely, column));
    }
  }

  function pushTag(tag: number, score: number, wanted: number): void {
    const before = at(was, tag);
    const towards = FIRMNESS * (wanted - logistic(score)) - before;
    if (Math.abs(towards) < LEAST_STEP) return;
    const far = bisect((share) => {
      const moved = score + share * towards * (1 + BIAS * BIAS);
      return towards * (FIRMNESS * (wanted - logistic(moved)) - before - share * towards);
    });
    next[tag] = before + far * towards;
  }

  /** Rounds what the lesson pushes now to what is stored of it, and lets the weights follow. */
  function keep(lesson: HeldLesson): void {
    const pushed: number[] = [];
    const pushes: number[] = [];
    const changed: number[] = [];
    const changes: number[] = [];
    let least = LEAST_PUSH;
    while (next.reduce((count, push) => count + (Math.abs(push) >= least ? 1 : 0), 0) > MOST_PUSHES) least *= 2;
    for (let column = 0; column < width; column++) {
      const push = at(next, column);
      const byte = Math.abs(push) < least ? 0 : byteOf(push);
      if (byte !== 0) {
        pushed.push(column);
        pushes.push(byte);
      }
      const change = pushOf(byte) - at(was, column);
      if (change === 0) continue;
      changed.push(column);
      changes.push(change);
    }
    lesson.pushed = pushed;
    lesson.pushes = pushes;
    spread(lesson.features, changed, changes);
  }

  function spread(features: Uint16Array, into: readonly number[], pushes: readonly number[]): void {
    if (into.length === 0) return;
    const scale = scaleOf(features);
    for (const place of features) {
      const value = at(values, place) * scale;
      const row = place * width;
      for (let index = 0; index < into.length; index++) {
        const cell = row + (into[index] as number);
        weights[cell] = at(weights, cell) + (pushes[index] as number) * value;
      }
    }
    for (let index = 0; index < into.length; index++) {
      const cell = BUCKETS * width + (into[index] as number);
      weights[cell] = at(weights, cell) + (pushes[index] as number) * BIAS;
    }
  }

  function scaleOf(features: Uint16Array): number {
    let square = 0;
    for (const place of features) square += at(values, place) ** 2;
    return square === 0 ? 0 : 1 / Math.sqrt(square);
  }

  return {
    practise,
    likelihoods,
    /** How far places speak for a column: for a category more than for the others, as likely as those are. */
    voice(places: readonly number[], column: number, likely: Float64Array): number {
      const isCategory = columns[column]?.kind === 'category';
      const rivals = isCategory ? categories.filter((one) => one !== column && at(likely, one) >= RIVAL) : [];
      const sum = rivals.reduce((all, one) => all + at(likely, one), 0) || 1;
      return places.reduce((voice, place) => {
        const against = rivals.reduce(
          (all, one) => all + (at(weights, place * width + one) * at(likely, one)) / sum,
          0,
        );
        return voice + (at(weights, place * width + column) - against) * at(values, place);
      }, 0);
    },
    /** In bytes. */
    size: weights.byteLength + values.byteLength,
  };
}

export type LearnerModel = ReturnType<typeof learnerModel>;

function columnsOf(columns: readonly Column[], kind: Column['kind']): number[] {
  return columns.flatMap((column, index) => (column.kind === kind ? [index] : []));
}

function rarityIn(lessons: readonly HeldLesson[]): Float32Array {
  const counts = new Uint16Array(BUCKETS);
  for (const { features } of lessons) for (const place of features) counts[place] = at(counts, place) + 1;
  return Float32Array.from(counts, (count) => (1 + count) ** RARITY);
}

/** The share from 0 to 1 where what falls steadily from above none reaches it. */
function bisect(left: (share: number) => number): number {
  let low = 0;
  let high = 1;
  for (let round = 0; round < HALVINGS; round++) {
    const middle = (low + high) / 2;
    if (left(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function softmax(scores: Float64Array, columns: readonly number[], into: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const column of columns) most = Math.max(most, at(scores, column));
  let sum = 0;
  for (const column of columns) {
    const share = Math.exp(at(scores, column) - most);
    into[column] = share;
    sum += share;
  }
  for (const column of columns) into[column] = at(into, column) / sum;
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function byteOf(push: number): number {
  const root = Math.sqrt(Math.min(1, Math.abs(push) / LARGEST_PUSH));
  return Math.sign(push) * Math.max(1, Math.round(root * STEPS));
}

function pushOf(byte: number): number {
  return Math.sign(byte) * (byte / STEPS) ** 2 * LARGEST_PUSH;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
