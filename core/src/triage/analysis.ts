import * as z from 'zod';

export const SENTIMENTS = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED'] as const;
export const SentimentLabel = z.enum(SENTIMENTS);
export type SentimentLabel = z.infer<typeof SentimentLabel>;

const score = z.number().min(0).max(1);

export const Language = z.object({
  code: z.string(),
  score,
});
export type Language = z.infer<typeof Language>;

/** The mood of a text's author: the most likely label, and the probability of each label. */
export const Sentiment = z.object({
  label: SentimentLabel,
  scores: z.object({ positive: score, negative: score, neutral: score, mixed: score }),
});
export type Sentiment = z.infer<typeof Sentiment>;

/** An important phrase, and its place in the text in UTF-16 units. */
export const KeyPhrase = z.object({
  text: z.string(),
  score,
  begin: z.int().min(0),
  end: z.int().min(0),
});
export type KeyPhrase = z.infer<typeof KeyPhrase>;

export const URGENCY_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type UrgencyLevel = (typeof URGENCY_LEVELS)[number];

export const UrgencyReason = z.object({
  reason: z.string(),
  text: z.string(),
  begin: z.int().min(0),
  end: z.int().min(0),
});
export type UrgencyReason = z.infer<typeof UrgencyReason>;

/** How urgent the request in a text is, with the words that show it. The level is null if the text was not understood. */
export const Urgency = z.object({
  level: z.enum(URGENCY_LEVELS).nullable(),
  score: z.number().min(0).max(1),
  reasons: z.array(UrgencyReason),
});
export type Urgency = z.infer<typeof Urgency>;

export const CategoryResult = z.object({
  name: z.string().nullable(),
  score,
});
export type CategoryResult = z.infer<typeof CategoryResult>;

/** The analyser that made an analysis. `notes` are codes for limits of the result; `masked` counts masked data. */
export const Analyzer = z.object({
  name: z.string(),
  version: z.string(),
  notes: z.array(z.string()),
  masked: z.int().min(0),
});
export type Analyzer = z.infer<typeof Analyzer>;

/** The result of the analysis of a text: its language, sentiment, key phrases, urgency and category. */
export const Analysis = z.object({
  language: Language,
  sentiment: Sentiment,
  keyPhrases: z.array(KeyPhrase),
  urgency: Urgency,
  category: CategoryResult,
  analyzer: Analyzer,
});
export type Analysis = z.infer<typeof Analysis>;

export const NewAnalysis = z.strictObject({
  text: z.string(),
});
