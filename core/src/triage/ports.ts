import type { Analyzer, KeyPhrase, Language, Sentiment } from './analysis.ts';

/** What an analyser finds by itself; urgency and category are found by rules of our own, whoever analyses. */
export interface TextFindings {
  readonly language: Language;
  readonly sentiment: Sentiment;
  /** In the order in which they stand in the text, with offsets in UTF-16 units. */
  readonly keyPhrases: readonly KeyPhrase[];
  readonly analyzer: Analyzer;
}

export interface TextAnalyzer {
  /**
   * Analyses a text that was cleaned. Takes time linear in its length; an empty text is NEUTRAL, in no language.
   * Throws `unavailable` when whoever analyses does not answer.
   */
  analyze(text: string): Promise<TextFindings>;
}

/** How likely the words of a text make each level of urgency and each category, from 0 to 1. */
export interface WordingFindings {
  /** At least this urgent. */
  readonly urgency: { readonly medium: number; readonly high: number; readonly critical: number };
  /** The words that speak most for urgency. */
  readonly evidence?: { readonly text: string; readonly begin: number; readonly end: number };
  /** They sum to 1. */
  readonly categories: Readonly<Record<string, number>>;
}

/** What words alone say, for either analyser. */
export interface Wording {
  read(text: string, sentiment: Sentiment): Promise<WordingFindings>;
}
