import type { Analysis, Analyzer, KeyPhrase, Language, Sentiment } from './analysis.ts';
import type { Proposal } from './triage.ts';

/** The findings of a text analyser. Curlew's own rules add urgency and category, for every analyser. */
export interface TextFindings {
  readonly language: Language;
  readonly sentiment: Sentiment;
  /** In the order of the text, with offsets in UTF-16 units. */
  readonly keyPhrases: readonly KeyPhrase[];
  /** The category from a custom classifier; absent if there is no classifier or it is not sure. */
  readonly category?: { readonly name: string; readonly score: number };
  readonly analyzer: Analyzer;
  /** Whether the text is in a language that Curlew's own rules do not support. */
  readonly isForeign: boolean;
}

export interface ReadingOptions {
  /** Masks personal data before the text is sent to a cloud service. Has no effect for a local analyser. */
  readonly maskPersonalData: boolean;
}

/** Finds language, sentiment and key phrases of a text: a local model, or a cloud service. */
export interface TextAnalyzer {
  /**
   * Analyses a text that `cleanText` has cleaned. The time is linear in the length of the text. An empty text is
   * NEUTRAL and has no language. Throws `unavailable` if the cloud service does not respond.
   */
  analyze(text: string, options?: ReadingOptions): Promise<TextFindings>;
}

/** The probabilities of urgency and categories that the words of a text give, from 0 to 1. */
export interface WordingFindings {
  /** The probability that the text has at least this level of urgency. */
  readonly urgency: { readonly medium: number; readonly high: number; readonly critical: number };
  /** The words that raise the urgency most. */
  readonly evidence?: { readonly text: string; readonly begin: number; readonly end: number };
  /** The probabilities of all categories; their sum is 1. */
  readonly categories: Readonly<Record<string, number>>;
}

/** A model that estimates urgency and category from the words of a text. It works with every `TextAnalyzer`. */
export interface Wording {
  read(text: string, sentiment: Sentiment): Promise<WordingFindings>;
}

/**
 * The analysis of a text, and the values that it suggests for the ticket; for each field the likeliest value is first.
 */
export interface Assessment {
  readonly analysis: Analysis;
  readonly proposals: readonly Proposal[];
}

/** The category and tags that people chose for a ticket. Triage learns from them. */
export interface Lesson {
  readonly ticketId: string;
  /** Title, blank line, description. */
  readonly text: string;
  readonly category: string | null;
  readonly tags: readonly string[];
}

/** Analyses texts, and learns from each organization's own lessons. */
export interface Triager {
  /** Analyses a text. Throws `unavailable` if the text cannot be analysed now. */
  assess(organizationId: string, text: string, options: ReadingOptions): Promise<Assessment>;
  /**
   * Learns a lesson for this organization only. A repeated lesson changes nothing; another lesson for the same ticket
   * replaces the first one. Throws `unavailable`.
   */
  teach(organizationId: string, lesson: Lesson): Promise<void>;
}

/** Stores the learned model of each organization, as bytes that only the learner can read. */
export interface LearnedStore {
  /** The organization's model; undefined if it has none yet. */
  load(organizationId: string): Promise<{ readonly bytes: Uint8Array; readonly revision: string } | undefined>;
  /** The revision of the stored bytes. It shows whether loaded bytes are still the newest. */
  revision(organizationId: string): Promise<string | undefined>;
  /**
   * Replaces the bytes with this `revision`; undefined for the first bytes. Resolves with the new revision when the
   * bytes are on disk. Throws `StaleError` if the stored revision is a different one.
   */
  save(organizationId: string, bytes: Uint8Array, revision: string | undefined): Promise<string>;
}
