import type { Analysis, Analyzer, KeyPhrase, Language, Sentiment } from './analysis.ts';
import type { Proposal } from './triage.ts';

/** What an analyser finds by itself; urgency and category are found by rules of our own, whoever analyses. */
export interface TextFindings {
  readonly language: Language;
  readonly sentiment: Sentiment;
  /** In the order in which they stand in the text, with offsets in UTF-16 units. */
  readonly keyPhrases: readonly KeyPhrase[];
  /** What a classifier that was trained for the purpose says, where there is one and it is sure. */
  readonly category?: { readonly name: string; readonly score: number };
  readonly analyzer: Analyzer;
  /** Whether it is in a language for which there are no rules of ours. */
  readonly isForeign: boolean;
}

export interface ReadingOptions {
  /** Masks personal data before the text leaves for the cloud; nothing for an analyser that keeps it here. */
  readonly maskPersonalData: boolean;
}

export interface TextAnalyzer {
  /**
   * Analyses a text that was cleaned. Takes time linear in its length; an empty text is NEUTRAL, in no language.
   * Throws `unavailable` when whoever analyses does not answer.
   */
  analyze(text: string, options?: ReadingOptions): Promise<TextFindings>;
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

/** What is found in a text, and what that makes likely for its ticket, the likeliest first for each field. */
export interface Assessment {
  readonly analysis: Analysis;
  readonly proposals: readonly Proposal[];
}

/** What people decided about a ticket: what triage learns from. */
export interface Lesson {
  readonly ticketId: string;
  /** Title, blank line, description. */
  readonly text: string;
  readonly category: string | null;
  readonly tags: readonly string[];
}

/** Reads texts as an organization has taught it to. */
export interface Triager {
  /** Throws `unavailable` when the text cannot be read now. */
  assess(organizationId: string, text: string, options: ReadingOptions): Promise<Assessment>;
  /**
   * Learns what people decided, for this organization alone. The same lesson again changes nothing; another one for the
   * same ticket takes the place of the first. Throws `unavailable`.
   */
  teach(organizationId: string, lesson: Lesson): Promise<void>;
}

/** What an organization taught, as bytes that only the learner reads. */
export interface LearnedStore {
  load(organizationId: string): Promise<{ readonly bytes: Uint8Array; readonly revision: string } | undefined>;
  /** The revision alone: what tells whether loaded bytes are still the newest. */
  revision(organizationId: string): Promise<string | undefined>;
  /**
   * Puts the bytes in the place of those with `revision`, none for the first ones; resolves with their revision when
   * they are on disk. Throws `StaleError` when others were put there meanwhile.
   */
  save(organizationId: string, bytes: Uint8Array, revision: string | undefined): Promise<string>;
}
