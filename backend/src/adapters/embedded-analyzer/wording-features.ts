import type { Sentiment } from '@curlew/core/triage';
import { categoryCues, DEFAULT_CATEGORIES, URGENCY_REASONS, urgencySigns } from '@curlew/core/triage/text';
import type { Features } from './sentiment-features.ts';

export const BUCKETS = 1 << 14;

/** What the wording model decides: how urgent at least, and each category against all others. */
export const HEADS = ['MEDIUM', 'HIGH', 'CRITICAL', ...DEFAULT_CATEGORIES] as const;
export const URGENCY_HEADS = 3;

export interface WordingFeatures {
  readonly words: readonly number[];
  readonly letters: readonly number[];
  /** What rules found, and how the writer feels. */
  readonly dense: readonly number[];
}

export const DENSE = 1 + URGENCY_REASONS.length + 2 + DEFAULT_CATEGORIES.length * 2 + 4 + 1;

export function wordingFeatures(text: string, { words, letters }: Features, { scores }: Sentiment): WordingFeatures {
  const { reasons, denial, isOver } = urgencySigns(text);
  const cues = categoryCues(text);
  const title = categoryCues(text.split('\n', 1)[0] ?? '');
  const dense = [
    1,
    ...URGENCY_REASONS.map((name) => (reasons.find(({ reason }) => reason.reason === name)?.weight ?? 0) / 2),
    denial === undefined ? 0 : 1,
    isOver ? 1 : 0,
    ...DEFAULT_CATEGORIES.map((name) => Math.log1p(cues.get(name)?.score ?? 0) / 2),
    ...DEFAULT_CATEGORIES.map((name) => Math.log1p(title.get(name)?.score ?? 0) / 2),
    scores.positive,
    scores.negative,
    scores.neutral,
    scores.mixed,
    Math.log1p(words.length) / 5,
  ];
  const folded = (buckets: readonly number[]) => [...new Set(buckets.map((bucket) => bucket & (BUCKETS - 1)))];
  return { words: folded(words), letters: folded(letters), dense };
}
