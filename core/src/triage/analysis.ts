import * as z from 'zod';

export const SENTIMENTS = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED'] as const;
export const SentimentLabel = z.enum(SENTIMENTS);
export type SentimentLabel = z.infer<typeof SentimentLabel>;

const score = z.number().min(0).max(1);

export const Language = z.object({
  code: z.string().meta({ description: 'ISO 639-1, such as `en`; `und` when it cannot be told.' }),
  score,
});
export type Language = z.infer<typeof Language>;

export const Sentiment = z.object({
  label: SentimentLabel,
  scores: z
    .object({ positive: score, negative: score, neutral: score, mixed: score })
    .meta({ description: 'They sum to 1.' }),
});
export type Sentiment = z.infer<typeof Sentiment>;

export const KeyPhrase = z.object({
  text: z.string(),
  score,
  begin: z.int().min(0).meta({
    description: 'In UTF-16 units, into the text as it was given; of a ticket: title, blank line, description.',
  }),
  end: z.int().min(0),
});
export type KeyPhrase = z.infer<typeof KeyPhrase>;

export const URGENCY_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type UrgencyLevel = (typeof URGENCY_LEVELS)[number];

export const UrgencyReason = z.object({
  reason: z.string().meta({ description: 'Such as `outage`, `safety`, `security`, `deadline`, `not_urgent`.' }),
  text: z.string().meta({ description: 'The words that say so.' }),
  begin: z.int().min(0),
  end: z.int().min(0),
});
export type UrgencyReason = z.infer<typeof UrgencyReason>;

export const Urgency = z.object({
  level: z.enum(URGENCY_LEVELS),
  score: z.number().min(0).max(1).meta({ description: 'From LOW to CRITICAL; each level has a quarter.' }),
  reasons: z.array(UrgencyReason),
});
export type Urgency = z.infer<typeof Urgency>;

export const CategoryResult = z.object({
  name: z.string().nullable().meta({ description: '`null` when nothing is likely enough.' }),
  score,
});
export type CategoryResult = z.infer<typeof CategoryResult>;

export const Analyzer = z.object({
  name: z.string(),
  version: z.string(),
  notes: z.array(z.string()).meta({
    description: 'What kept the analysis from being better, such as `needs_english`.',
  }),
  masked: z.int().min(0).meta({ description: 'How many personal details were masked before the text left.' }),
});
export type Analyzer = z.infer<typeof Analyzer>;

/** What the analysis of a text found. */
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
  text: z.string().meta({ description: 'Plain text or HTML. What is beyond 100,000 characters is not analysed.' }),
});
