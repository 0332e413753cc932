import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentimentOf } from './sentiment.ts';

type Four = readonly [positive: number, negative: number, neutral: number, mixed: number];
const LABELS = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED'] as const;
const answerWith = (scores: Four) => ({
  Sentiment: LABELS[scores.indexOf(Math.max(...scores))] ?? 'NEUTRAL',
  SentimentScore: { Positive: scores[0], Negative: scores[1], Neutral: scores[2], Mixed: scores[3] },
});
const pieces = (...lengths: number[]) => lengths.map((length) => ({ text: 'a'.repeat(length), begin: 0 }));

describe('the sentiment of a text', () => {
  it('is the response of Comprehend, with scores that sum to 1', () => {
    expect(sentimentOf(pieces(10), [answerWith([0.1, 0.5, 0.2, 0.1])])).toEqual({
      label: 'NEGATIVE',
      scores: { positive: 0.1111, negative: 0.5556, neutral: 0.2222, mixed: 0.1111 },
    });
  });

  it('in pieces is the mean of the pieces, weighted by length', () => {
    const { label, scores } = sentimentOf(pieces(3000, 1000), [answerWith([0, 0.8, 0.2, 0]), answerWith([0, 0, 1, 0])]);
    expect([label, scores]).toEqual(['NEGATIVE', { positive: 0, negative: 0.6, neutral: 0.4, mixed: 0 }]);
  });

  it('is mixed if one half is positive and the other is negative', () => {
    const { label, scores } = sentimentOf(pieces(10, 10), [answerWith([0.9, 0, 0.1, 0]), answerWith([0, 0.9, 0.1, 0])]);
    expect([label, scores.mixed]).toEqual(['MIXED', 0.9]);
  });

  it('is not mixed if a long complaint ends with a word of thanks', () => {
    const { label } = sentimentOf(pieces(90, 10), [answerWith([0, 0.9, 0.1, 0]), answerWith([0.9, 0, 0.1, 0])]);
    expect(label).toBe('NEGATIVE');
  });

  it('ignores pieces that could not be analysed', () => {
    expect(sentimentOf(pieces(10, 90), [answerWith([1, 0, 0, 0]), undefined]).label).toBe('POSITIVE');
  });

  it('has scores from 0 to 1 that sum to 1, for any pieces', () => {
    const score = fc.double({ min: 0.001, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score, score, score, fc.integer({ min: 1, max: 5000 })), { minLength: 1 }),
        (some) => {
          const { scores } = sentimentOf(
            pieces(...some.map(([, , , , length]) => length)),
            some.map(([a, b, c, d]) => answerWith([a, b, c, d])),
          );
          expect(Object.values(scores).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
          for (const one of Object.values(scores)) expect(one >= 0 && one <= 1).toBe(true);
        },
      ),
    );
  });
});
