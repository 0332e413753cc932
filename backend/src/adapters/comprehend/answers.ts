import * as z from 'zod';

// Comprehend's scores are 32-bit floats; parsed as doubles, a score can be slightly above 1.
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

// Offsets are checked later, phrase by phrase, so that one wrong offset does not reject the whole response.
const keyPhrases = {
  KeyPhrases: z.array(z.object({ Score, BeginOffset: z.number(), EndOffset: z.number() })),
};
export const KeyPhrasesAnswer = z.object(keyPhrases);
export type KeyPhrasesAnswer = z.infer<typeof KeyPhrasesAnswer>;

const ErrorList = z.array(z.object({ Index, ErrorCode: z.string().optional() })).optional();
export const BatchSentimentAnswer = z.object({ ResultList: z.array(z.object({ Index, ...sentiment })), ErrorList });
export const BatchKeyPhrasesAnswer = z.object({ ResultList: z.array(z.object({ Index, ...keyPhrases })), ErrorList });

const Class = z.object({ Name: z.string().min(1), Score });
/** A classifier answers with `Classes` (mutually exclusive) or with `Labels` (not exclusive). */
export const ClassesAnswer = z
  .object({ Classes: z.array(Class).optional(), Labels: z.array(Class).optional() })
  .refine(({ Classes, Labels }) => Classes !== undefined || Labels !== undefined);
