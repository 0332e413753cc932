import type { ComprehendClient } from '@aws-sdk/client-comprehend';
import type { Language, TextAnalyzer, TextFindings } from '@curlew/core/triage';
import { maskPersonalData } from '@curlew/core/triage/text';
import { breaker } from './breaker.ts';
import { CLASSIFIED, type ComprehendCalls, comprehendCalls, DOCUMENT, isSupportedLanguage } from './calls.ts';
import { errorMessage, failureOf } from './failure.ts';
import { keyPhrasesOf } from './key-phrases.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { sentimentOf } from './sentiment.ts';

export interface ComprehendOptions {
  /** Answers where Comprehend does not. */
  readonly fallback: TextAnalyzer;
  /** A custom classifier that is asked for the category. */
  readonly classifier?: { readonly endpointArn: string } | undefined;
  /** Told when Comprehend is left alone for a while, and why. */
  readonly log?: (message: string, error: string) => void;
  /** In milliseconds. */
  readonly now?: () => number;
  /** What a text may take in all before the fallback answers. */
  readonly patienceMilliseconds?: number;
}

/** The version of Comprehend's API. */
const VERSION = '2017-11-27';
const PATIENCE_MILLISECONDS = 5000;
// Comprehend wants 20 characters to tell a language, and is not to be believed below this score.
const SHORTEST_FOR_LANGUAGE = 20;
const SURE = 0.5;
/** From this score on a class is the category. */
const LEAST_CATEGORY_SCORE = 0.5;
const UNKNOWN: Language = { code: 'und', score: 0 };

/**
 * Amazon Comprehend. Where it is out of reach, refuses, takes too long, answers nonsense or does not know the language,
 * the fallback's findings come back with a note that says so: it rejects only when the fallback does.
 */
export function comprehendAnalyzer(
  client: ComprehendClient,
  { fallback, classifier, log, now = Date.now, patienceMilliseconds = PATIENCE_MILLISECONDS }: ComprehendOptions,
): TextAnalyzer {
  const texts = breaker(now);
  const classes = breaker(now);

  return {
    async analyze(text, options) {
      const { text: seen, counts } = options?.maskPersonalData ? maskPersonalData(text) : { text, counts: {} };
      const masked = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const document = seen.toWellFormed();
      const all = piecesOf(document, DOCUMENT);
      const pieces = all.filter((piece) => hasLetters(piece.text));
      // Nothing is paid for a text without letters, or of nothing but masked ones.
      if (pieces.length === 0) return fallback.analyze(text, options);
      const rests = texts.rests();
      if (rests !== undefined) return withNote(await fallback.analyze(text, options), rests);

      const own = fallbackOnce(text, options);
      const found = await answerOf(document, pieces, own).catch((error: unknown) => {
        const failure = failureOf(error);
        const rest = texts.failed(failure);
        if (rest > 0) log?.(`Comprehend is left alone for ${rest / 1000} s`, errorMessage(error));
        return failure.note;
      });
      if (typeof found === 'string') return withNote(await own(), found, masked);

      const { language, sentiments, keyPhrases, category } = found;
      const last = all.at(-1);
      const isForeign = language.code !== 'en' && language.code !== UNKNOWN.code;
      const notes = [
        ...([...sentiments, ...keyPhrases].includes(undefined) ? ['comprehend_partial'] : []),
        ...(last !== undefined && last.begin + last.text.length < text.length ? ['only_the_beginning'] : []),
        ...(category === 'unavailable' ? ['classifier_unavailable'] : []),
        // Comprehend tells feelings in it; urgency and category are told by rules for English.
        ...(isForeign ? ['rules_need_english'] : []),
      ];
      return {
        language,
        sentiment: sentimentOf(pieces, sentiments),
        keyPhrases: keyPhrasesOf(text, pieces, keyPhrases),
        ...(typeof category === 'object' ? { category } : {}),
        analyzer: { name: 'comprehend', version: VERSION, notes, masked },
        isForeign,
      };
    },
  };

  async function answerOf(document: string, pieces: readonly Piece[], own: () => Promise<TextFindings>) {
    const calls = comprehendCalls(client, AbortSignal.timeout(patienceMilliseconds));
    const documents = pieces.map((piece) => piece.text);
    const told = await languageOf(documents[0] as string, calls);
    // When the fallback fails it is to say so itself.
    const { code, score } =
      told ??
      (await own().then(
        ({ language }) => language,
        () => UNKNOWN,
      ));
    if (!isSupportedLanguage(code)) return 'comprehend_language_unsupported' as const;
    const [sentiments, keyPhrases, category] = await Promise.all([
      calls.sentiments(documents, code),
      calls.keyPhrases(documents, code),
      categoryOf(document, calls),
    ]);
    texts.answered();
    // Where a language is written, as in zh-TW, is between Comprehend and us.
    return { language: { code: code.split('-')[0] as string, score }, sentiments, keyPhrases, category };
  }

  function fallbackOnce(...read: Parameters<TextAnalyzer['analyze']>): () => Promise<TextFindings> {
    let findings: Promise<TextFindings> | undefined;
    return () => {
      findings ??= fallback.analyze(...read);
      return findings;
    };
  }

  /** Undefined when Comprehend would only guess. */
  async function languageOf(sample: string, calls: ComprehendCalls): Promise<Language | undefined> {
    if (sample.length < SHORTEST_FOR_LANGUAGE) return undefined;
    const likeliest = await calls.language(sample);
    if (likeliest === undefined || likeliest.score < SURE) return undefined;
    return { code: likeliest.name, score: fourPlaces(likeliest.score) };
  }

  async function categoryOf(
    document: string,
    calls: ComprehendCalls,
  ): Promise<TextFindings['category'] | 'unavailable'> {
    if (classifier === undefined) return undefined;
    if (classes.rests() !== undefined) return 'unavailable';
    const [beginning] = piecesOf(document, CLASSIFIED);
    try {
      const best = await calls.classify(classifier.endpointArn, beginning?.text ?? '');
      classes.answered();
      return best === undefined || best.score < LEAST_CATEGORY_SCORE
        ? undefined
        : { name: best.name, score: fourPlaces(best.score) };
    } catch (error) {
      const rest = classes.failed(failureOf(error));
      if (rest > 0) log?.(`Comprehend's classifier is left alone for ${rest / 1000} s`, errorMessage(error));
      return 'unavailable';
    }
  }
}

/** The fallback's findings, and why they are not Comprehend's. */
function withNote(findings: TextFindings, note: string, masked = 0): TextFindings {
  const { analyzer } = findings;
  const notes = [...analyzer.notes, note];
  return { ...findings, analyzer: { ...analyzer, notes, masked: analyzer.masked + masked } };
}

/** Letters other than the x that stands for what is masked. */
function hasLetters(text: string): boolean {
  return /[^\P{L}x]/u.test(text);
}

function fourPlaces(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
