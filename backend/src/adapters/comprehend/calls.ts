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

/** Comprehend's limits: 5 KB a document, 25 documents a call. */
export const DOCUMENT_LIMIT = { bytes: 5000, most: 25 };
/** A custom classifier's limit: one document of 10 KB. */
export const CLASSIFIER_LIMIT = { bytes: 10_000, most: 1 };
/** The languages in which Comprehend detects sentiment and key phrases. */
const LANGUAGES: ReadonlySet<string> = new Set('en es fr de it pt ar hi ja ko zh zh-TW'.split(' '));

export function isSupportedLanguage(language: string): language is LanguageCode {
  return LANGUAGES.has(language);
}

export interface Label {
  readonly name: string;
  readonly score: number;
}

/** Comprehend's calls. Each rejects if the call fails, if the response has the wrong shape, or if the signal aborts. */
export function comprehendCalls(client: ComprehendClient, abortSignal: AbortSignal) {
  const aborted = new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason), { once: true });
  });
  // The signal may abort after all calls have ended; this prevents an unhandled rejection.
  aborted.catch(() => {});

  async function parseAnswer<Schema extends z.ZodType>(
    schema: Schema,
    sent: Promise<unknown>,
  ): Promise<z.output<Schema>> {
    return schema.parse(await Promise.race([sent, aborted]));
  }

  return {
    /** The language with the highest score; undefined if the response names none. */
    async language(Text: string): Promise<Label | undefined> {
      const sent = client.send(new DetectDominantLanguageCommand({ Text }), { abortSignal });
      const { Languages } = await parseAnswer(LanguagesAnswer, sent);
      return highestScore(Languages.map(({ LanguageCode: name, Score: score }) => ({ name, score })));
    },

    /** One result per text, undefined for a text that Comprehend could not read. Rejects if it could read none. */
    async sentiments(texts: readonly string[], LanguageCode: LanguageCode): Promise<(SentimentAnswer | undefined)[]> {
      const [Text, ...more] = texts;
      if (more.length === 0) {
        return [
          await parseAnswer(
            SentimentAnswer,
            client.send(new DetectSentimentCommand({ Text, LanguageCode }), { abortSignal }),
          ),
        ];
      }
      const command = new BatchDetectSentimentCommand({ TextList: [...texts], LanguageCode });
      return orderByText(texts, await parseAnswer(BatchSentimentAnswer, client.send(command, { abortSignal })));
    },

    /** The key phrases of each text, with the same rules as `sentiments`. */
    async keyPhrases(texts: readonly string[], LanguageCode: LanguageCode): Promise<(KeyPhrasesAnswer | undefined)[]> {
      const [Text, ...more] = texts;
      if (more.length === 0) {
        const command = new DetectKeyPhrasesCommand({ Text, LanguageCode });
        return [await parseAnswer(KeyPhrasesAnswer, client.send(command, { abortSignal }))];
      }
      const command = new BatchDetectKeyPhrasesCommand({ TextList: [...texts], LanguageCode });
      return orderByText(texts, await parseAnswer(BatchKeyPhrasesAnswer, client.send(command, { abortSignal })));
    },

    /** The class or label with the highest score from a custom classifier; undefined if the response names none. */
    async classify(EndpointArn: string, Text: string): Promise<Label | undefined> {
      const sent = client.send(new ClassifyDocumentCommand({ EndpointArn, Text }), { abortSignal });
      const { Classes = [], Labels = [] } = await parseAnswer(ClassesAnswer, sent);
      return highestScore([...Classes, ...Labels].map(({ Name: name, Score: score }) => ({ name, score })));
    },
  };
}

export type ComprehendCalls = ReturnType<typeof comprehendCalls>;

function highestScore(all: readonly Label[]): Label | undefined {
  return all.reduce<Label | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  );
}

function orderByText<Result extends { readonly Index: number }>(
  texts: readonly string[],
  { ResultList }: { readonly ResultList: readonly Result[] },
): (Result | undefined)[] {
  const results = texts.map((_, index) => ResultList.find(({ Index }) => Index === index));
  if (results.every((result) => result === undefined)) throw new Error('None of the documents could be read.');
  return results;
}
