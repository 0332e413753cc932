import { BUCKETS } from './learner-features.ts';

/** The largest effect (push) of one lesson on the weights. With a smaller value the model learns more cautiously. */
const FIRMNESS = 40;
/** A word counts less the more lessons contain it: the number of those lessons to this power. */
const RARITY = -0.2;
/** The value of the bias feature, which every text has. It learns how common a tag is. */
const BIAS = 0.5;
/** A push is stored as its square root in a signed byte, so that small pushes are more exact than large ones. */
const LARGEST_PUSH = 2 * FIRMNESS;
const STEPS = 127;
const LEAST_PUSH = 0.0005 * FIRMNESS;
/** Corrections smaller than this are skipped. */
const LEAST_STEP = 0.005 * FIRMNESS;
const MOST_PUSHES = 32;
const HALVINGS = 6;
/** A category with a lower probability is not a rival: words need not speak against it. */
const RIVAL = 0.005;

/** A label that the model can predict: one column of its weights. */
export interface Column {
  readonly kind: 'category' | 'tag';
  readonly name: string;
}

/**
 * A lesson as the learner stores it: the buckets of its words, the columns of its labels, and its present effect on the
 * weights (the pushes).
 */
export interface StoredLesson {
  /** A hash of the ticket's id, 64 bits in hexadecimal. */
  readonly key: string;
  /** The number of the lesson in the order of learning, from 1. */
  readonly age: number;
  /** Buckets, sorted. */
  readonly features: Uint16Array;
  /** Columns, with at most one category. */
  readonly labels: readonly number[];
  /** The columns that the lesson pushes; `pushes` has the strength of each, as signed bytes. */
  pushed: readonly number[];
  pushes: readonly number[];
}

/**
 * A linear model whose weights are the sum of the pushes of its lessons: a regularised softmax over the categories, and
 * a regularised logistic regression for each tag, in dual form (Yu, Huang, Lin 2011). Its optimum does not depend on
 * the order of the lessons, and removing a lesson also removes its effect.
 */
export function learnerModel(columns: readonly Column[], lessons: readonly StoredLesson[]) {
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

  /** The probability of each column. */
  function likelihoods(features: Uint16Array): Float64Array {
    const scores = scoresOf(features);
    const likely = new Float64Array(width);
    softmax(scores, categories, likely);
    for (const column of tags) likely[column] = logistic(at(scores, column));
    return likely;
  }

  /** One training step: sets the pushes of a lesson to their optimum while all other lessons stay the same. */
  function practise(lesson: StoredLesson): void {
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
    // Subtracting the median from all categories does not change the softmax, and leaves fewer pushes to store.
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

  /** Rounds the lesson's new pushes to their stored form, and updates the weights by the difference. */
  function keep(lesson: StoredLesson): void {
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
    /**
     * How strongly buckets speak for a column. For a category, the average of its rivals, by probability, is
     * subtracted.
     */
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
    /** The memory of the model in bytes. */
    size: weights.byteLength + values.byteLength,
  };
}

export type LearnerModel = ReturnType<typeof learnerModel>;

function columnsOf(columns: readonly Column[], kind: Column['kind']): number[] {
  return columns.flatMap((column, index) => (column.kind === kind ? [index] : []));
}

function rarityIn(lessons: readonly StoredLesson[]): Float32Array {
  const counts = new Uint16Array(BUCKETS);
  for (const { features } of lessons) for (const place of features) counts[place] = at(counts, place) + 1;
  return Float32Array.from(counts, (count) => (1 + count) ** RARITY);
}

/** Finds the zero of a decreasing function between 0 and 1 by bisection. */
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
