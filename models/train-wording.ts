import { URGENCY_LEVELS } from '@curlew/core/triage';
import { cleanText, DEFAULT_CATEGORIES, unfoldLines } from '@curlew/core/triage/text';
import type { SentimentModel } from '../backend/src/adapters/embedded-analyzer/sentiment.ts';
import { type Model, quantize } from '../backend/src/adapters/embedded-analyzer/weights.ts';
import type { WordingHeader } from '../backend/src/adapters/embedded-analyzer/wording.ts';
import {
  BUCKETS,
  DENSE,
  HEADS,
  URGENCY_HEADS,
  type WordingFeatures,
  wordingFeatures,
} from '../backend/src/adapters/embedded-analyzer/wording-features.ts';
import { wordsOf } from '../backend/src/adapters/embedded-analyzer/words.ts';
import { randomFrom, shuffle } from './random.ts';
import type { Sets } from './sets.ts';
import { OWN_TRAINING } from './train-sentiment.ts';

const EPOCHS = 6;
const RATE = 0.3;
/** The weight of a text with the category. Only one text in ten has a given category. */
const RARE = 4;

interface Row {
  readonly features: WordingFeatures;
  /** The label for each head; undefined if the text has no label for it. */
  readonly right: readonly (boolean | undefined)[];
}

/**
 * Trains a logistic model for each head with AdaGrad. The features are words, letters and the findings of the rules.
 */
export function trainWording(sets: Sets, version: string, sentiment: SentimentModel): Model<WordingHeader> {
  const rows = OWN_TRAINING.flatMap((name) => sets.own(name)).map((one) =>
    rowOf(one as unknown as OwnMessage, sentiment),
  );
  const hashed = new Float32Array(BUCKETS * HEADS.length);
  const dense = new Float64Array(DENSE * HEADS.length);
  const hashedSquares = new Float32Array(hashed.length);
  const denseSquares = new Float64Array(dense.length);
  const random = randomFrom(11);
  const order = rows.map((_, index) => index);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) step(rows[index] as Row);
  }
  const { weights, scale } = quantize(hashed);
  return {
    header: {
      name: 'wording',
      version,
      data: sets.digest(),
      buckets: BUCKETS,
      classes: HEADS,
      scale,
      dense: Array.from(dense, (weight) => Math.round(weight * 1e4) / 1e4),
    },
    weights,
  };

  function step({ features: { words, letters, dense: marks }, right }: Row): void {
    for (let head = 0; head < HEADS.length; head++) {
      const wanted = right[head];
      if (wanted === undefined) continue;
      let sum = 0;
      for (const buckets of [words, letters]) {
        const factor = 1 / Math.sqrt(Math.max(1, buckets.length));
        for (const bucket of buckets) sum += at(hashed, bucket * HEADS.length + head) * factor;
      }
      for (let mark = 0; mark < DENSE; mark++) sum += at(dense, mark * HEADS.length + head) * at(marks, mark);
      const error = (1 / (1 + Math.exp(-sum)) - (wanted ? 1 : 0)) * (wanted && head >= URGENCY_HEADS ? RARE : 1);
      for (const buckets of [words, letters]) {
        const gradient = error / Math.sqrt(Math.max(1, buckets.length));
        for (const bucket of buckets) move(hashed, hashedSquares, bucket * HEADS.length + head, gradient);
      }
      for (let mark = 0; mark < DENSE; mark++) {
        const value = at(marks, mark);
        if (value !== 0) move(dense, denseSquares, mark * HEADS.length + head, error * value);
      }
    }
  }
}

interface OwnMessage {
  readonly text: string;
  readonly urgency: (typeof URGENCY_LEVELS)[number];
  readonly category: string;
}

function rowOf({ text, urgency, category }: OwnMessage, sentiment: SentimentModel): Row {
  const flowing = unfoldLines(cleanText(text).text);
  const level = URGENCY_LEVELS.indexOf(urgency);
  const name = category.replaceAll('_', '-');
  const words = wordsOf(flowing);
  const seen = sentiment.featuresOf(words);
  return {
    features: wordingFeatures(flowing, words, seen, sentiment.scoreOf(words, seen)),
    right: [
      ...Array.from({ length: URGENCY_HEADS }, (_, index) => level > index),
      ...DEFAULT_CATEGORIES.map((one) => one === name),
    ],
  };
}

function move(
  weights: Float32Array | Float64Array,
  squares: Float32Array | Float64Array,
  index: number,
  gradient: number,
): void {
  const square = at(squares, index) + gradient * gradient;
  squares[index] = square;
  weights[index] = at(weights, index) - (RATE * gradient) / Math.sqrt(square + 1e-3);
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
