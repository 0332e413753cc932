import type { Labelled, Sets } from './sets.ts';

/** The weight of each data set in training: higher if its texts are similar to customers' texts. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'vader-tweets': 1,
  'vader-amazon': 1,
  'uci-sentences': 1,
  'dynasent-r1-dev': 1,
  'dynasent-r2-dev': 1,
  'semeval-2013-2016': 1,
  'mams-train': 0.7,
  'vader-nyt': 0.5,
  'vader-movies': 0.5,
  'senti4sd-train': 0.5,
  'goemotions-train': 0.3,
  'goemotions-dev': 0.3,
};
const REQUESTS_WEIGHT = 0.3;

export interface WeightedText extends Labelled {
  readonly weight: number;
}

/** Texts with general sentiment: reviews, news, tweets and comments; and plain requests, which are NEUTRAL. */
export function generalSentiment(sets: Sets): WeightedText[] {
  const felt = Object.entries(WEIGHTS).flatMap(([source, weight]) =>
    sets.lines(`sentiment/${source}.jsonl`).map(({ text, label }) => ({ text, label, source, weight }) as WeightedText),
  );
  const asked = sets.lines('category/multidogo-turns.jsonl').map(({ text }) => ({
    text: text as string,
    label: 'NEUTRAL',
    source: 'multidogo-turns',
    weight: REQUESTS_WEIGHT,
  }));
  return [...felt, ...asked];
}

/** Texts that customers write to a support desk. */
export function supportSentiment(sets: Sets, names: readonly string[]): WeightedText[] {
  return names.flatMap((source) =>
    sets.own(source).map(({ text, title, description, sentiment }) => ({
      text: (text ?? `${title}\n\n${description}`) as string,
      label: sentiment as string,
      source,
      weight: 1,
    })),
  );
}

export function lexiconOf(sets: Sets): Record<string, number> {
  const lexicon: Record<string, number> = {};
  for (const line of sets.text('sentiment/vader_lexicon.txt').split('\n')) {
    const [word = '', valence] = line.split('\t');
    // Lines without a tab have no valence. Emoticons in the lexicon never match a word.
    if (valence !== undefined && word !== '__proto__') lexicon[word.toLowerCase()] = Number(valence);
  }
  return lexicon;
}
