import type { Sentiment, SentimentLabel } from '@curlew/core/triage';
import type { SentimentAnswer } from './answers.ts';
import type { Piece } from './pieces.ts';

type Scores = Sentiment['scores'];
type Name = keyof Scores;
const NAMES: readonly Name[] = ['positive', 'negative', 'neutral', 'mixed'];
/** From this share of the text on, pieces with the other view make it one with two. */
const OTHER_VIEW = 0.25;

/** The sentiment of a text from those of its pieces, of which some may be missing. */
export function sentimentOf(pieces: readonly Piece[], answers: readonly (SentimentAnswer | undefined)[]): Sentiment {
  const [only] = answers;
  if (answers.length === 1 && only !== undefined) return rounded(sharesOf(only), only.Sentiment);
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
  // Pieces that are glad and pieces that are sorry cancel each other out in the mean, though the text as a whole is
  // neither neutral nor undecided but mixed: where both are a quarter of it, what they have in common counts as that.
  if (Math.min(views.POSITIVE, views.NEGATIVE) >= OTHER_VIEW) {
    const both = Math.min(mean.positive, mean.negative);
    mean.positive -= both;
    mean.negative -= both;
    mean.mixed += 2 * both;
  }
  return rounded(mean, strongest(mean).toUpperCase() as SentimentLabel);
}

function lengthOf(pieces: readonly Piece[], index: number): number {
  return pieces[index]?.text.length ?? 0;
}

function sharesOf({ SentimentScore: { Positive, Negative, Neutral, Mixed } }: SentimentAnswer): Scores {
  const sum = Positive + Negative + Neutral + Mixed;
  return { positive: Positive / sum, negative: Negative / sum, neutral: Neutral / sum, mixed: Mixed / sum };
}

function strongest(scores: Scores): Name {
  return NAMES.reduce((best, name) => (scores[name] > scores[best] ? name : best));
}

/** With four places, the strongest taking what rounding leaves. */
function rounded(exact: Scores, label: SentimentLabel): Sentiment {
  const scores: Record<Name, number> = { ...exact };
  for (const name of NAMES) scores[name] = fourPlaces(exact[name]);
  const best = strongest(exact);
  scores[best] = fourPlaces(NAMES.reduce((rest, name) => (name === best ? rest : rest - scores[name]), 1));
  return { label, scores };
}

function fourPlaces(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
