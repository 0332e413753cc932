import type { Sentiment, SentimentLabel } from '@curlew/core/triage';
import type { SentimentAnswer } from './answers.ts';
import type { Piece } from './pieces.ts';

type Scores = Sentiment['scores'];
type Name = keyof Scores;
const NAMES: readonly Name[] = ['positive', 'negative', 'neutral', 'mixed'];
/** A text is mixed if both its positive and its negative pieces make up at least this share of it. */
const LEAST_SHARE_OF_EACH_VIEW = 0.25;

/** Combines the sentiments of the pieces into the sentiment of the text. Some answers may be missing. */
export function sentimentOf(pieces: readonly Piece[], answers: readonly (SentimentAnswer | undefined)[]): Sentiment {
  const [only] = answers;
  if (answers.length === 1 && only !== undefined) return roundScores(sharesOf(only), only.Sentiment);
  const mean: Record<Name, number> = { positive: 0, negative: 0, neutral: 0, mixed: 0 };
  const views = { POSITIVE: 0, NEGATIVE: 0, NEUTRAL: 0, MIXED: 0 };
  const read = answers.reduce((sum, answer, index) => sum + (answer === undefined ? 0 : lengthOf(pieces, index)), 0);
  for (const [index, answer] of answers.entries()) {
    if (answer === undefined) continue;
    const part = lengthOf(pieces, index) / read;
    const shares = sharesOf(answer);
    for (const name of NAMES) mean[name] += shares[name] * part;
    views[answer.Sentiment] += part;
  }
  // In the mean, positive and negative pieces cancel each other out, although the whole text is mixed. If each of them
  // is at least a quarter of the text, the score that both have in common counts as mixed.
  if (Math.min(views.POSITIVE, views.NEGATIVE) >= LEAST_SHARE_OF_EACH_VIEW) {
    const both = Math.min(mean.positive, mean.negative);
    mean.positive -= both;
    mean.negative -= both;
    mean.mixed += 2 * both;
  }
  return roundScores(mean, highestScore(mean).toUpperCase() as SentimentLabel);
}

function lengthOf(pieces: readonly Piece[], index: number): number {
  return pieces[index]?.text.length ?? 0;
}

function sharesOf({ SentimentScore: { Positive, Negative, Neutral, Mixed } }: SentimentAnswer): Scores {
  const sum = Positive + Negative + Neutral + Mixed;
  return { positive: Positive / sum, negative: Negative / sum, neutral: Neutral / sum, mixed: Mixed / sum };
}

function highestScore(scores: Scores): Name {
  return NAMES.reduce((best, name) => (scores[name] > scores[best] ? name : best));
}

/** Scores with four decimal places. The highest score takes the rounding difference, so that the sum stays 1. */
function roundScores(exact: Scores, label: SentimentLabel): Sentiment {
  const scores: Record<Name, number> = { ...exact };
  for (const name of NAMES) scores[name] = fourPlaces(exact[name]);
  const best = highestScore(exact);
  scores[best] = fourPlaces(NAMES.reduce((rest, name) => (name === best ? rest : rest - scores[name]), 1));
  return { label, scores };
}

function fourPlaces(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
