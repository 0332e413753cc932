import * as z from 'zod';

// Scores are single floats, and may be a little more than 1 once they are read.
const Score = z
  .number()
  .min(0)
  .max(1.001)
  .transform((score) => Math.min(1, score));

const Index = z.int().min(0);

export const LanguagesAnswer = z.object({
  Languages: z.array(z.object({ LanguageCode: z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/), Score })),
});

const sentiment = {
  Sentiment: z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']),
  SentimentScore: z
    .object({ Positive: Score, Negative: Score, Neutral: Score, Mixed: Score })
    .refine(({ Positive, Negative, Neutral, Mixed }) => Positive + Negative + Neutral + Mixed > 0),
};
export const SentimentAnswer = z.object(sentiment);
export type SentimentAnswer = z.infer<typeof SentimentAnswer>;

// Where a phrase is said to be is looked at phrase by phrase: one that is nowhere does not spoil the others.
const keyPhrases = {
  KeyPhrases: z.array(z.object({ Score, BeginOffset: z.number(), EndOffset: z.number() })),
};
export const KeyPhrasesAnswer = z.object(keyPhrases);
export type KeyPhrasesAnswer = z.infer<typeof KeyPhrasesAnswer>;

const ErrorList = z.array(z.object({ Index, ErrorCode: z.string().optional() })).optional();
export const BatchSentimentAnswer = z.object({ ResultList: z.array(z.object({ Index, ...sentiment })), ErrorList });
export const BatchKeyPhrasesAnswer = z.object({ ResultList: z.array(z.object({ Index, ...keyPhrases })), ErrorList });

const Class = z.object({ Name: z.string().min(1), Score });
/** A model knows classes that exclude each other, or labels that do not. */
export const ClassesAnswer = z
  .object({ Classes: z.array(Class).optional(), Labels: z.array(Class).optional() })
  .refine(({ Classes, Labels }) => Classes !== undefined || Labels !== undefined);
