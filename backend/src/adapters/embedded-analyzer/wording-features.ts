import type { Sentiment } from '@curlew/core/triage';
import { categoryCues, DEFAULT_CATEGORIES, URGENCY_REASONS, urgencySigns } from '@curlew/core/triage/text';
import { bucketSet } from './bucket-set.ts';
import { calmFeatures, type Features } from './sentiment-features.ts';
import type { Word } from './words.ts';

export const BUCKETS = 1 << 14;

/** The outputs of the wording model: one for each least urgency, and one for each category against all others. */
export const HEADS = ['MEDIUM', 'HIGH', 'CRITICAL', ...DEFAULT_CATEGORIES] as const;
export const URGENCY_HEADS = 3;

const LONGEST_TITLE = 200;

export interface WordingFeatures {
  readonly words: readonly number[];
  readonly letters: readonly number[];
  /** The findings of the rules, and the writer's sentiment. */
  readonly dense: readonly number[];
}

export const DENSE = 1 + URGENCY_REASONS.length + 2 + DEFAULT_CATEGORIES.length * 2 + 2;

const found = bucketSet(BUCKETS);

/** `features` are the sentiment model's features of the same words. */
export function wordingFeatures(
  text: string,
  read: readonly Word[],
  features: Features,
  { scores }: Sentiment,
): WordingFeatures {
  const { words, letters } = calmFeatures(read, features);
  const { reasons, denial, isOver } = urgencySigns(text);
  const cues = categoryCues(text);
  const title = categoryCues(titleOf(text));
  const dense = [
    1,
    ...URGENCY_REASONS.map((name) => (reasons.find(({ reason }) => reason.reason === name)?.weight ?? 0) / 2),
    denial === undefined ? 0 : 1,
    isOver ? 1 : 0,
    ...DEFAULT_CATEGORIES.map((name) => Math.log1p(cues.get(name) ?? 0) / 2),
    ...DEFAULT_CATEGORIES.map((name) => Math.log1p(title.get(name) ?? 0) / 2),
    // Without the positive score: a polite report of an outage is still a report of an outage.
    scores.negative,
    Math.log1p(words.length) / 5,
  ];
  return { words: distinctBuckets(words), letters: distinctBuckets(letters), dense };
}

function distinctBuckets(buckets: readonly number[]): number[] {
  for (const bucket of buckets) found.add(bucket & (BUCKETS - 1));
  return found.taken();
}

/** The first line, if a blank line follows it. */
function titleOf(text: string): string {
  const trimmed = text.trimStart();
  const end = trimmed.indexOf('\n\n');
  return end === -1 || end > LONGEST_TITLE ? '' : trimmed.slice(0, end);
}
