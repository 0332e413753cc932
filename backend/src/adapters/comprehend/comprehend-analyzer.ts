import type { ComprehendClient } from '@aws-sdk/client-comprehend';
import type { Language, TextAnalyzer, TextFindings } from '@curlew/core/triage';
import { maskPersonalData } from '@curlew/core/triage/text';
import { breaker } from './breaker.ts';
import {
  CLASSIFIER_LIMIT,
  type ComprehendCalls,
  comprehendCalls,
  DOCUMENT_LIMIT,
  isSupportedLanguage,
} from './calls.ts';
import { errorMessage, failureOf } from './failure.ts';
import { keyPhrasesOf } from './key-phrases.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { sentimentOf } from './sentiment.ts';

export interface ComprehendOptions {
  /** Analyses the text if Comprehend cannot. */
  readonly fallback: TextAnalyzer;
  /** The custom classifier that finds the category. */
  readonly classifier?: { readonly endpointArn: string } | undefined;
  /** Called when calls to Comprehend are paused, with the reason. */
  readonly log?: (message: string, error: string) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** The longest time that all calls for one text may take before the fallback analyses it. */
  readonly patienceMilliseconds?: number;
}

/** The version of Comprehend's API. */
const VERSION = '2017-11-27';
const PATIENCE_MILLISECONDS = 5000;
// Comprehend needs 20 characters to detect a language, and its result is not reliable below this score.
const SHORTEST_FOR_LANGUAGE = 20;
const LEAST_LANGUAGE_SCORE = 0.5;
/** A class becomes the category if its score is at least this. */
const LEAST_CATEGORY_SCORE = 0.5;
const UNKNOWN: Language = { code: 'und', score: 0 };

/**
 * Analyses texts with Amazon Comprehend. If Comprehend cannot be reached, refuses the call, takes too long, sends an
 * invalid response or does not support the language, the result is the fallback's findings with a note that names the
 * reason. Rejects only if the fallback rejects.
 */
export function comprehendAnalyzer(
  client: ComprehendClient,
  { fallback, classifier, log, now = Date.now, patienceMilliseconds = PATIENCE_MILLISECONDS }: ComprehendOptions,
): TextAnalyzer {
  const textBreaker = breaker(now);
  const classifierBreaker = breaker(now);

  return {
    async analyze(text, options) {
      const { text: maskedText, counts } = options?.maskPersonalData ? maskPersonalData(text) : { text, counts: {} };
      const masked = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const document = maskedText.toWellFormed();
      const all = piecesOf(document, DOCUMENT_LIMIT);
      const pieces = all.filter((piece) => hasLetters(piece.text));
      // A text without letters, or with only masked letters, is not sent: the calls would cost money for no result.
      if (pieces.length === 0) return fallback.analyze(text, options);
      const pauseReason = textBreaker.pauseReason();
      if (pauseReason !== undefined) return withNote(await fallback.analyze(text, options), pauseReason);

      const runFallback = fallbackOnce(text, options);
      const found = await callComprehend(document, pieces, runFallback).catch((error: unknown) => {
        const failure = failureOf(error);
        const pause = textBreaker.recordFailure(failure);
        if (pause > 0) log?.(`Calls to Comprehend are paused for ${pause / 1000} s`, errorMessage(error));
        return failure.note;
      });
      if (typeof found === 'string') return withNote(await runFallback(), found, masked);

      const { language, sentiments, keyPhrases, category } = found;
      const last = all.at(-1);
      const isForeign = language.code !== 'en' && language.code !== UNKNOWN.code;
      const notes = [
        ...([...sentiments, ...keyPhrases].includes(undefined) ? ['comprehend_partial'] : []),
        ...(last !== undefined && last.begin + last.text.length < text.length ? ['only_the_beginning'] : []),
        ...(category === 'unavailable' ? ['classifier_unavailable'] : []),
        // Comprehend detects sentiment in this language, but urgency and category come from rules for English.
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

  async function callComprehend(document: string, pieces: readonly Piece[], runFallback: () => Promise<TextFindings>) {
    const calls = comprehendCalls(client, AbortSignal.timeout(patienceMilliseconds));
    const documents = pieces.map((piece) => piece.text);
    const detected = await languageOf(documents[0] as string, calls);
    // If the fallback fails here, the error is ignored: the caller awaits the fallback too and reports its error.
    const { code, score } =
      detected ??
      (await runFallback().then(
        ({ language }) => language,
        () => UNKNOWN,
      ));
    if (!isSupportedLanguage(code)) return 'comprehend_language_unsupported' as const;
    const [sentiments, keyPhrases, category] = await Promise.all([
      calls.sentiments(documents, code),
      calls.keyPhrases(documents, code),
      categoryOf(document, calls),
    ]);
    textBreaker.recordSuccess();
    // The findings name the language without the region: `zh-TW` becomes `zh`.
    return { language: { code: code.split('-')[0] as string, score }, sentiments, keyPhrases, category };
  }

  function fallbackOnce(...read: Parameters<TextAnalyzer['analyze']>): () => Promise<TextFindings> {
    let findings: Promise<TextFindings> | undefined;
    return () => {
      findings ??= fallback.analyze(...read);
      return findings;
    };
  }

  /** Undefined if the text is too short or Comprehend's score is too low. */
  async function languageOf(sample: string, calls: ComprehendCalls): Promise<Language | undefined> {
    if (sample.length < SHORTEST_FOR_LANGUAGE) return undefined;
    const best = await calls.language(sample);
    if (best === undefined || best.score < LEAST_LANGUAGE_SCORE) return undefined;
    return { code: best.name, score: fourPlaces(best.score) };
  }

  async function categoryOf(
    document: string,
    calls: ComprehendCalls,
  ): Promise<TextFindings['category'] | 'unavailable'> {
    if (classifier === undefined) return undefined;
    if (classifierBreaker.pauseReason() !== undefined) return 'unavailable';
    const [beginning] = piecesOf(document, CLASSIFIER_LIMIT);
    try {
      const best = await calls.classify(classifier.endpointArn, beginning?.text ?? '');
      classifierBreaker.recordSuccess();
      return best === undefined || best.score < LEAST_CATEGORY_SCORE
        ? undefined
        : { name: best.name, score: fourPlaces(best.score) };
    } catch (error) {
      const pause = classifierBreaker.recordFailure(failureOf(error));
      if (pause > 0)
        log?.(`Calls to the classifier of Comprehend are paused for ${pause / 1000} s`, errorMessage(error));
      return 'unavailable';
    }
  }
}

/** The fallback's findings, with a note that says why Comprehend did not analyse the text. */
function withNote(findings: TextFindings, note: string, masked = 0): TextFindings {
  const { analyzer } = findings;
  const notes = [...analyzer.notes, note];
  return { ...findings, analyzer: { ...analyzer, notes, masked: analyzer.masked + masked } };
}

/** Whether the text has a letter other than `x`, which replaces masked characters. */
function hasLetters(text: string): boolean {
  return /[^\P{L}x]/u.test(text);
}

function fourPlaces(score: number): number {
  return Math.round(score * 1e4) / 1e4;
}
