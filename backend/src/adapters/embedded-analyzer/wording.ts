import type { WordingFindings } from '@curlew/core/triage';
import { DEFAULT_CATEGORIES, extendHash, extendHashByUnit, finishHash, HASH_START } from '@curlew/core/triage/text';
import type { Model, ModelHeader } from './weights.ts';
import { BUCKETS, DENSE, HEADS, URGENCY_HEADS, type WordingFeatures } from './wording-features.ts';
import type { Word } from './words.ts';

export interface WordingHeader extends ModelHeader {
  /** The weights of the features that are not hashed: for each feature, one for each head. */
  readonly dense: readonly number[];
}

/** At least one of the two words has this many letters, because "in the" is no evidence. */
const EVIDENCE_LETTERS = 4;
const HIGH = HEADS.indexOf('HIGH');
/** The features' names for single words and for pairs of words. */
const [ONE, TWO] = [extendHash(HASH_START, '1'), extendHash(HASH_START, '2')];
const BLANK = ' '.charCodeAt(0);

/** Scores urgency and category from the words, with one logistic model for each head. */
export function wordingModel({ header, weights }: Model<WordingHeader>) {
  const heads = HEADS.length;
  // Each head has its own array of a few KiB, which fits into the CPU's first-level cache.
  const byHead = HEADS.map((_, head) => {
    const own = new Int8Array(BUCKETS);
    for (let bucket = 0; bucket < BUCKETS; bucket++) own[bucket] = weights[bucket * heads + head] as number;
    return own;
  });

  function likely({ words, letters, dense }: WordingFeatures): number[] {
    const sums = new Array<number>(heads).fill(0);
    for (const buckets of [words, letters]) {
      const factor = header.scale / Math.sqrt(Math.max(1, buckets.length));
      for (let head = 0; head < heads; head++) {
        const own = byHead[head] as Int8Array;
        let bytes = 0;
        for (const bucket of buckets) bytes += own[bucket] as number;
        sums[head] = at(sums, head) + bytes * factor;
      }
    }
    for (let mark = 0; mark < DENSE; mark++) {
      const value = at(dense, mark);
      if (value === 0) continue;
      for (let head = 0; head < heads; head++)
        sums[head] = at(sums, head) + at(header.dense, mark * heads + head) * value;
    }
    return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
  }

  /** The pair of neighbouring words with the highest weight for HIGH urgency. */
  function evidenceIn(text: string, words: readonly Word[]): WordingFindings['evidence'] {
    let most = 0;
    let best: { begin: number; end: number } | undefined;
    const alone = words.map(({ form }) => weightOf(extendHash(ONE, form)));
    for (let index = 0; index + 1 < words.length; index++) {
      const [one, next] = [words[index] as Word, words[index + 1] as Word];
      const together = weightOf(extendHash(extendHashByUnit(extendHash(TWO, one.form), BLANK), next.form));
      const weight = at(alone, index) + together + at(alone, index + 1);
      if (weight <= most || (one.form.length < EVIDENCE_LETTERS && next.form.length < EVIDENCE_LETTERS)) continue;
      most = weight;
      best = { begin: one.begin, end: next.end };
    }
    return best === undefined ? undefined : { text: text.slice(best.begin, best.end), ...best };
  }

  function weightOf(state: number): number {
    return at(byHead[HIGH] as Int8Array, finishHash(state) & (BUCKETS - 1));
  }

  return {
    likely,
    findings(text: string, words: readonly Word[], features: WordingFeatures): WordingFindings {
      const scores = likely(features);
      const [medium, high, critical] = scores as [number, number, number];
      const evidence = evidenceIn(text, words);
      const sum = scores.slice(URGENCY_HEADS).reduce((all, score) => all + score, 0);
      return {
        urgency: { medium, high, critical },
        ...(evidence === undefined ? {} : { evidence }),
        categories: Object.fromEntries(
          DEFAULT_CATEGORIES.map((name, index) => [name, at(scores, URGENCY_HEADS + index) / sum]),
        ),
      };
    },
  };
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
