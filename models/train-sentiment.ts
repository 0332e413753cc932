import {
  CLASSES,
  type SentimentHeader,
  sentimentModel,
  sigmoid,
  softmax,
} from '../backend/src/adapters/embedded-analyzer/sentiment.ts';
import {
  BUCKETS,
  DENSE,
  type Features,
  PATTERNS_FROM,
  sentimentFeatures,
} from '../backend/src/adapters/embedded-analyzer/sentiment-features.ts';
import { SUPPORT_PATTERNS } from '../backend/src/adapters/embedded-analyzer/support-patterns.ts';
import { type Model, quantize } from '../backend/src/adapters/embedded-analyzer/weights.ts';
import { wordsOf } from '../backend/src/adapters/embedded-analyzer/words.ts';
import { randomFrom, shuffle } from './random.ts';
import { generalSentiment, lexiconOf, supportSentiment, type WeightedText } from './sentiment-sets.ts';
import { type Sets, splitOf } from './sets.ts';

export const OWN_TRAINING = [
  'travel-and-utilities',
  'finance-and-public',
  'shops-and-software',
  'what-cannot-wait',
  'tickets-by-category',
] as const;
const OWN_DEVELOPMENT = ['development-messages', 'development-tickets'] as const;

const CLASS_COUNT = CLASSES.length;
const GENERAL = { epochs: 2, rate: 0.15 };
const SUPPORT = { epochs: 4, rate: 0.25, weight: 1.5, replayWeight: 0.5, replayEvery: 12 };
/**
 * The share of the way from the weights for general sentiment to the weights for customers' texts. Half way keeps most
 * of the quality of both: Wortsman et al., Robust fine-tuning of zero-shot models (CVPR 2022).
 */
const TOWARDS_SUPPORT = 0.5;
/** The initial weight of a pattern. */
const PATTERN_WEIGHT = 1;

interface Row {
  readonly label: number;
  readonly features: Features;
  readonly weight: number;
}

/**
 * A linear model by multinomial logistic regression with AdaGrad (Duchi, Hazan, Singer 2011). It is trained on general
 * sentiment first, then on customers' texts together with a part of the general sets, so that it does not forget these.
 */
export function trainSentiment(sets: Sets, version: string): Model<SentimentHeader> {
  const lexicon = lexiconOf(sets);
  const words = new Map(Object.entries(lexicon));
  const rowOf = ({ text, label, weight }: WeightedText): Row => ({
    label: CLASSES.indexOf(label as (typeof CLASSES)[number]),
    features: sentimentFeatures(wordsOf(text), words),
    weight,
  });
  const isOne = ({ label }: WeightedText) => label !== 'MIXED';
  const isTraining = ({ text }: WeightedText) => splitOf(text) === 'train';
  const generalTexts = generalSentiment(sets).filter(isTraining);
  const supportTexts = supportSentiment(sets, OWN_TRAINING);
  const general = generalTexts.filter(isOne).map(rowOf);
  const support = supportTexts.filter(isOne).map(rowOf);

  const random = randomFrom(7);
  const learner = logisticLearner();
  learner.learn(general, GENERAL, random, { denseUntil: PATTERNS_FROM });
  for (const [index, { leaning }] of SUPPORT_PATTERNS.entries()) {
    learner.dense[(PATTERNS_FROM + index) * CLASS_COUNT + CLASSES.indexOf(leaning)] = PATTERN_WEIGHT;
  }
  const before = { hashed: learner.hashed.slice(), dense: learner.dense.slice() };
  learner.forgetRates();
  const again = general.filter((_, index) => index % SUPPORT.replayEvery === 0);
  const mixture = [
    ...support.map((row) => ({ ...row, weight: row.weight * SUPPORT.weight })),
    ...again.map((row) => ({ ...row, weight: row.weight * SUPPORT.replayWeight })),
  ];
  learner.learn(mixture, SUPPORT, random, { denseUntil: DENSE });

  meet(learner.hashed, before.hashed);
  meet(learner.dense, before.dense);
  const { weights, scale } = quantize(learner.hashed);
  const header = (fitted: Pick<SentimentHeader, 'temperature' | 'mixed'>): SentimentHeader => ({
    name: 'sentiment',
    version,
    data: sets.digest(),
    buckets: BUCKETS,
    classes: CLASSES,
    scale,
    dense: Array.from(learner.dense, (weight) => Math.round(weight * 1e4) / 1e4),
    ...fitted,
    lexicon,
  });
  const unfitted = sentimentModel({ header: header({ temperature: 1, mixed: [] }), weights });
  const held = supportSentiment(sets, OWN_DEVELOPMENT);
  const temperature = fittedTemperature(
    held
      .filter(isOne)
      .map((one) => ({ ...rowOf(one), logits: unfitted.logits(unfitted.featuresOf(wordsOf(one.text))) })),
  );
  const tempered = sentimentModel({ header: header({ temperature, mixed: [] }), weights });
  const mixed = fittedMixed(
    [...generalTexts.filter(({ source }) => source === 'mams-train'), ...supportTexts].flatMap(
      ({ text, label, source }) => {
        const read = wordsOf(text);
        const signs = tempered.mixedSigns(read, tempered.three(tempered.featuresOf(read)));
        return signs === undefined
          ? []
          : [{ signs, isMixed: label === 'MIXED', weight: source === 'mams-train' ? MAMS_WEIGHT : 1 }];
      },
    ),
  );
  return { header: header({ temperature, mixed }), weights };
}

function meet(weights: Float32Array | Float64Array, before: Float32Array | Float64Array): void {
  for (let index = 0; index < weights.length; index++) {
    weights[index] = TOWARDS_SUPPORT * at(weights, index) + (1 - TOWARDS_SUPPORT) * at(before, index);
  }
}

function logisticLearner() {
  const hashed = new Float32Array(BUCKETS * CLASS_COUNT);
  const dense = new Float64Array(DENSE * CLASS_COUNT);
  const hashedSquares = new Float32Array(hashed.length);
  const denseSquares = new Float64Array(dense.length);

  function logits({ words, letters, dense: marks }: Features): number[] {
    const sum = new Array<number>(CLASS_COUNT).fill(0);
    for (const buckets of [words, letters]) {
      const factor = factorOf(buckets);
      for (const bucket of buckets) {
        for (let label = 0; label < CLASS_COUNT; label++)
          sum[label] = at(sum, label) + at(hashed, bucket * CLASS_COUNT + label) * factor;
      }
    }
    for (let mark = 0; mark < DENSE; mark++) {
      for (let label = 0; label < CLASS_COUNT; label++)
        sum[label] = at(sum, label) + at(dense, mark * CLASS_COUNT + label) * at(marks, mark);
    }
    return sum;
  }

  return {
    hashed,
    dense,
    forgetRates() {
      hashedSquares.fill(0);
      denseSquares.fill(0);
    },
    learn(
      rows: readonly Row[],
      { epochs, rate }: { epochs: number; rate: number },
      random: () => number,
      { denseUntil }: { denseUntil: number },
    ) {
      const order = rows.map((_, index) => index);
      for (let epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, random);
        for (const index of order) step(rows[index] as Row, rate, denseUntil);
      }
    },
  };

  function step({ label: right, features, weight }: Row, rate: number, denseUntil: number): void {
    const scores = softmax(logits(features));
    for (let label = 0; label < CLASS_COUNT; label++) {
      const error = (at(scores, label) - (label === right ? 1 : 0)) * weight;
      if (Math.abs(error) < 1e-4) continue;
      for (const buckets of [features.words, features.letters]) {
        const gradient = error * factorOf(buckets);
        for (const bucket of buckets) move(hashed, hashedSquares, bucket * CLASS_COUNT + label, gradient, rate);
      }
      for (let mark = 0; mark < denseUntil; mark++) {
        const value = at(features.dense, mark);
        if (value !== 0) move(dense, denseSquares, mark * CLASS_COUNT + label, error * value, rate);
      }
    }
  }
}

function move(
  weights: Float32Array | Float64Array,
  squares: Float32Array | Float64Array,
  index: number,
  gradient: number,
  rate: number,
): void {
  const square = at(squares, index) + gradient * gradient;
  squares[index] = square;
  weights[index] = at(weights, index) - (rate * gradient) / Math.sqrt(square + 1e-3);
}

function factorOf(buckets: readonly number[]): number {
  return 1 / Math.sqrt(Math.max(1, buckets.length));
}

/** The temperature with the least log loss (Guo et al. 2017), found by a grid search. */
function fittedTemperature(rows: readonly { label: number; logits: readonly number[] }[]): number {
  const lossAt = (temperature: number) =>
    rows.reduce(
      (sum, { label, logits }) =>
        sum - Math.log(Math.max(1e-9, at(softmax(logits.map((value) => value / temperature)), label))),
      0,
    );
  return leastOf(range(0.4, 4, 0.05), lossAt);
}

/** Restaurant reviews are the best source of MIXED texts, but they are not about support. */
const MAMS_WEIGHT = 0.15;

/** Logistic regression by plain gradient descent, which is fast enough for this small problem. */
function fittedMixed(rows: readonly { signs: readonly number[]; isMixed: boolean; weight: number }[]): number[] {
  const size = rows[0]?.signs.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < 1500; round++) {
    const gradient = new Array<number>(size).fill(0);
    for (const { signs, isMixed, weight } of rows) {
      const error =
        (sigmoid(signs.reduce((sum, sign, index) => sum + sign * at(weights, index), 0)) - (isMixed ? 1 : 0)) * weight;
      for (let index = 0; index < size; index++) gradient[index] = at(gradient, index) + error * at(signs, index);
    }
    for (let index = 0; index < size; index++) weights[index] = at(weights, index) - (2 * at(gradient, index)) / total;
  }
  return weights.map((weight) => Math.round(weight * 1e4) / 1e4);
}

function range(from: number, to: number, step: number): number[] {
  return Array.from(
    { length: Math.round((to - from) / step) + 1 },
    (_, index) => Math.round((from + index * step) * 100) / 100,
  );
}

function leastOf(values: readonly number[], costOf: (value: number) => number): number {
  return values
    .map((value) => ({ value, cost: costOf(value) }))
    .reduce((best, one) => (one.cost < best.cost ? one : best)).value;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
