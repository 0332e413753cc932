import {
  BatchDetectKeyPhrasesCommand,
  BatchDetectSentimentCommand,
  ClassifyDocumentCommand,
  type ComprehendClient,
  DetectDominantLanguageCommand,
  DetectKeyPhrasesCommand,
  DetectSentimentCommand,
  type LanguageCode,
} from '@aws-sdk/client-comprehend';
import type * as z from 'zod';
import {
  BatchKeyPhrasesAnswer,
  BatchSentimentAnswer,
  ClassesAnswer,
  KeyPhrasesAnswer,
  LanguagesAnswer,
  SentimentAnswer,
} from './answers.ts';

/** What Comprehend takes: 5 KB a document, 25 documents a call. */
export const DOCUMENT = { bytes: 5000, most: 25 };
/** What a custom classifier takes: 10 KB. */
export const CLASSIFIED = { bytes: 10_000, most: 1 };
/** The languages in which feelings and key phrases are told. */
const LANGUAGES: ReadonlySet<string> = new Set('en es fr de it pt ar hi ja ko zh zh-TW'.split(' '));

export function isSupportedLanguage(language: string): language is LanguageCode {
  return LANGUAGES.has(language);
}

export interface Label {
  readonly name: string;
  readonly score: number;
}

/** The calls, each rejecting when it failed, when its answer is nonsense, and when the signal says that it is too late. */
export function comprehendCalls(client: ComprehendClient, abortSignal: AbortSignal) {
  const tooLate = new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason), { once: true });
  });
  // Nobody may be waiting any more.
  tooLate.catch(() => {});

  async function answer<Schema extends z.ZodType>(schema: Schema, sent: Promise<unknown>): Promise<z.output<Schema>> {
    return schema.parse(await Promise.race([sent, tooLate]));
  }

  return {
    /** The likeliest language, if any. */
    async language(Text: string): Promise<Label | undefined> {
      const sent = client.send(new DetectDominantLanguageCommand({ Text }), { abortSignal });
      const { Languages } = await answer(LanguagesAnswer, sent);
      return likeliest(Languages.map(({ LanguageCode: name, Score: score }) => ({ name, score })));
    },

    /** For each of the texts, undefined for one that could not be read; rejects when none could. */
    async sentiments(texts: readonly string[], LanguageCode: LanguageCode): Promise<(SentimentAnswer | undefined)[]> {
      const [Text, ...more] = texts;
      if (more.length === 0) {
        return [
          await answer(
            SentimentAnswer,
            client.send(new DetectSentimentCommand({ Text, LanguageCode }), { abortSignal }),
          ),
        ];
      }
      const command = new BatchDetectSentimentCommand({ TextList: [...texts], LanguageCode });
      return inOrder(texts, await answer(BatchSentimentAnswer, client.send(command, { abortSignal })));
    },

    /** The same for key phrases. */
    async keyPhrases(texts: readonly string[], LanguageCode: LanguageCode): Promise<(KeyPhrasesAnswer | undefined)[]> {
      const [Text, ...more] = texts;
      if (more.length === 0) {
        const command = new DetectKeyPhrasesCommand({ Text, LanguageCode });
        return [await answer(KeyPhrasesAnswer, client.send(command, { abortSignal }))];
      }
      const command = new BatchDetectKeyPhrasesCommand({ TextList: [...texts], LanguageCode });
      return inOrder(texts, await answer(BatchKeyPhrasesAnswer, client.send(command, { abortSignal })));
    },

    /** The likeliest class that a custom classifier knows for the text, if any. */
    async classify(EndpointArn: string, Text: string): Promise<Label | undefined> {
      const sent = client.send(new ClassifyDocumentCommand({ EndpointArn, Text }), { abortSignal });
      const { Classes = [], Labels = [] } = await answer(ClassesAnswer, sent);
      return likeliest([...Classes, ...Labels].map(({ Name: name, Score: score }) => ({ name, score })));
    },
  };
}

export type ComprehendCalls = ReturnType<typeof comprehendCalls>;

function likeliest(all: readonly Label[]): Label | undefined {
  return all.reduce<Label | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  );
}

function inOrder<Result extends { readonly Index: number }>(
  texts: readonly string[],
  { ResultList }: { readonly ResultList: readonly Result[] },
): (Result | undefined)[] {
  const results = texts.map((_, index) => ResultList.find(({ Index }) => Index === index));
  if (results.every((result) => result === undefined)) throw new Error('None of the documents could be read.');
  return results;
}
