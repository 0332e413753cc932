import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Lexicon {
  readonly name: string;
  label(text: string): string;
}

const three = (score: number, least: number) =>
  score >= least ? 'POSITIVE' : score <= -least ? 'NEGATIVE' : 'NEUTRAL';

const vader = require('vader-sentiment') as {
  SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } };
};
const wink = require('wink-sentiment') as (text: string) => { normalizedScore: number };
const Afinn = require('sentiment') as new () => { analyze(text: string): { comparative: number } };
const afinn = new Afinn();

/** Sentiment lexicons from npm, for comparison, each with the thresholds in its documentation. */
export const LEXICONS: readonly Lexicon[] = [
  {
    name: 'vader-sentiment',
    label: (text) => three(vader.SentimentIntensityAnalyzer.polarity_scores(text).compound, 0.05),
  },
  {
    name: 'wink-sentiment',
    label: (text) =>
      three(
        safely(() => wink(text).normalizedScore),
        1e-9,
      ),
  },
  {
    name: 'sentiment',
    label: (text) =>
      three(
        safely(() => afinn.analyze(text).comparative),
        1e-9,
      ),
  },
];

/** Some lexicons throw for words like "constructor". Such an error counts as their result. */
function safely(score: () => number): number {
  try {
    return score();
  } catch {
    return 0;
  }
}
