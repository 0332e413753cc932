import type { Sentiment, SentimentLabel } from '@curlew/core/triage';
import { DENSE, type Features, type Lexicon, sentimentFeatures } from './sentiment-features.ts';
import type { Model, ModelHeader } from './weights.ts';
import type { Word } from './words.ts';

export interface SentimentHeader extends ModelHeader {
  /** The valence of words. */
  readonly lexicon: Readonly<Record<string, number>>;
  /** The weights of the features that are not hashed: for each feature, one for each class. */
  readonly dense: readonly number[];
  /** Divides the logits. It is fitted so that a label with the score 0.8 is right in four of five cases. */
  readonly temperature: number;
  /** The weights of the logistic function of `mixedSigns` that gives the score of MIXED. */
  readonly mixed: readonly number[];
}

export const CLASSES = ['POSITIVE', 'NEGATIVE', 'NEUTRAL'] as const;
export type Three = readonly [positive: number, negative: number, neutral: number];

/** Added to the logits, because support messages are negative more often than positive. */
const PRIOR: Three = [0, 0.25, 0];

/** Words that begin a new clause, often with a contrasting view. */
const TURNS = new Set(
  'but however although though yet except while whereas unfortunately otherwise still only shame pity sadly besides despite nevertheless instead'.split(
    ' ',
  ),
);
const ENDS = new Set(['.', '!', '!!', '?', '??', '?!', '...', ';']);
const SHORTEST_CLAUSE = 2;
// A ticket shows feelings at its beginning; the rest is often logs and quoted mails.
export const LONGEST_WORDS = 1500;
const CLAUSES = 40;

/** The sentiment model: a linear model over words and letters, ready to score. */
export function sentimentModel({ header, weights }: Model<SentimentHeader>) {
  const lexicon: Lexicon = new Map(Object.entries(header.lexicon));
  const { scale, dense, temperature, mixed } = header;

  function logits({ words, letters, dense: marks }: Features): Three {
    const sum = [0, 0, 0] as [number, number, number];
    for (const buckets of [words, letters]) {
      let [positive, negative, neutral] = [0, 0, 0];
      for (const bucket of buckets) {
        positive += weights[bucket * 3] as number;
        negative += weights[bucket * 3 + 1] as number;
        neutral += weights[bucket * 3 + 2] as number;
      }
      const factor = scale / Math.sqrt(Math.max(1, buckets.length));
      sum[0] += positive * factor;
      sum[1] += negative * factor;
      sum[2] += neutral * factor;
    }
    for (let feature = 0; feature < DENSE; feature++) {
      const mark = marks[feature] as number;
      if (mark === 0) continue;
      sum[0] += (dense[feature * 3] as number) * mark;
      sum[1] += (dense[feature * 3 + 1] as number) * mark;
      sum[2] += (dense[feature * 3 + 2] as number) * mark;
    }
    return sum;
  }

  function three(features: Features): Three {
    return softmax(logits(features).map((value, label) => value / temperature + at(PRIOR, label)));
  }

  /** The features that detect a mixed text: how clearly it has a positive and a negative clause. */
  function mixedSigns(words: readonly Word[], whole: Three): number[] | undefined {
    const clauses = clausesOf(words);
    if (clauses.length < 2) return undefined;
    const scores = clauses.slice(0, CLAUSES).map((clause) => three(sentimentFeatures(clause, lexicon)));
    const best = Math.max(...scores.map(([positive]) => positive));
    const worst = Math.max(...scores.map(([, negative]) => negative));
    const turns = clauses.some(([first]) => TURNS.has(first?.form ?? '')) ? 1 : 0;
    const both = Math.min(best, worst);
    return [
      1,
      both,
      turns,
      turns * both,
      best,
      worst,
      whole[0],
      whole[1],
      whole[2],
      Math.min(whole[0], whole[1]),
      Math.log1p(words.length),
    ];
  }

  return {
    logits,
    three,
    mixedSigns,
    featuresOf: (words: readonly Word[]) => sentimentFeatures(words, lexicon),
    scoreOf(words: readonly Word[], features: Features): Sentiment {
      const whole = three(features);
      const signs = mixedSigns(words, whole);
      const mixedScore =
        signs === undefined ? 0 : sigmoid(signs.reduce((sum, sign, index) => sum + sign * at(mixed, index), 0));
      const [positive, negative, neutral] = whole.map((score) => score * (1 - mixedScore)) as unknown as Three;
      return sentimentOf({ positive, negative, neutral, mixed: mixedScore });
    },
  };
}

export type SentimentModel = ReturnType<typeof sentimentModel>;

/** Scores with four decimal places. The highest score takes the rounding difference, so that the sum stays 1. */
function sentimentOf(exact: Sentiment['scores']): Sentiment {
  const best = Object.entries(exact).reduce((most, one) => (one[1] > most[1] ? one : most))[0] as keyof typeof exact;
  const scores = Object.fromEntries(
    Object.entries(exact).map(([name, score]) => [name, roundScore(score)]),
  ) as typeof exact;
  const rest = Object.entries(scores).reduce((sum, [name, score]) => (name === best ? sum : sum + score), 0);
  return { label: best.toUpperCase() as SentimentLabel, scores: { ...scores, [best]: roundScore(1 - rest) } };
}

function roundScore(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}

function clausesOf(words: readonly Word[]): Word[][] {
  const clauses: Word[][] = [[]];
  for (const word of words) {
    const current = clauses.at(-1) as Word[];
    if (TURNS.has(word.form) && current.length > 0) clauses.push([word]);
    else {
      current.push(word);
      if (ENDS.has(word.form)) clauses.push([]);
    }
  }
  return clauses.filter((clause) => clause.length >= SHORTEST_CLAUSE);
}

export function softmax(logits: readonly number[]): Three {
  const most = Math.max(...logits);
  const powers = logits.map((value) => Math.exp(value - most));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum) as unknown as Three;
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
