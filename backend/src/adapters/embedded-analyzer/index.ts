import type { Language, Sentiment, TextAnalyzer, TextFindings, Wording } from '@curlew/core/triage';
import { COMMON_WORDS } from './common-words.ts';
import { languageDetector } from './language.ts';
import { phraseModel } from './phrases.ts';
import { LONGEST_WORDS, type SentimentHeader, sentimentModel } from './sentiment.ts';
import { type Features, sentimentFeatures } from './sentiment-features.ts';
import { type ModelHeader, readModel } from './weights.ts';
import { type WordingHeader, wordingModel } from './wording.ts';
import { wordingFeatures } from './wording-features.ts';
import { type Word, wordsOf } from './words.ts';

/** A text of a few words may be in any language: from this score on it is believed. */
const SURE = 0.45;
const SURE_OF_A_FEW_WORDS = 0.6;
const FEW_WORDS = 5;
/** Of a text so many letters tell how it is written. */
const SAMPLE = 1000;
/** Shorter words of the lexicon are words of other languages as well, such as `die`. */
const TELLING_LETTERS = 5;
/** Feelings in a language that the model was not trained on: none are claimed. */
const UNTOLD: Sentiment = { label: 'NEUTRAL', scores: { positive: 0.2, negative: 0.25, neutral: 0.5, mixed: 0.05 } };
const EMPTY: Sentiment = { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } };

/** The analyser that comes with Curlew: no network, no native code, its models loaded when the first text comes. */
export function embeddedAnalyzer(): TextAnalyzer & Wording {
  let loading: ReturnType<typeof loadModels> | undefined;
  const models = () => {
    loading ??= loadModels().catch((error) => {
      // The next text tries again.
      loading = undefined;
      throw error;
    });
    return loading;
  };

  return {
    async analyze(text): Promise<TextFindings> {
      const { sentiment, phrases, languageOf, isEnglishWord, version, looked } = await models();
      const analyzer = (...notes: string[]) => ({ name: 'embedded', version, notes, masked: 0 });
      const language = languageOf(text);
      if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) {
        return { language, sentiment: EMPTY, keyPhrases: [], analyzer: analyzer('nothing_to_read'), isForeign: false };
      }
      if (language.code !== 'en' && isForeign(text, language, looked(text).words, isEnglishWord)) {
        return { language, sentiment: UNTOLD, keyPhrases: [], analyzer: analyzer('needs_english'), isForeign: true };
      }
      return {
        language,
        sentiment: sentiment.scoreOf(looked(text).words, looked(text).features),
        keyPhrases: phrases.phrases(text),
        analyzer: analyzer(),
        isForeign: false,
      };
    },
    async read(text, feels) {
      const { wording, looked } = await models();
      const { words, features } = looked(text);
      return wording.findings(text, words, wordingFeatures(text, words, features, feels));
    },
  };
}

/** Whether a text that looks like another language than English is in one, or only too short to tell. */
function isForeign(
  text: string,
  language: Language,
  words: readonly Word[],
  isEnglishWord: (form: string) => boolean,
): boolean {
  if (language.score >= (words.length < FEW_WORDS ? SURE_OF_A_FEW_WORDS : SURE)) return true;
  const said = words.filter(({ isWord }) => isWord);
  if (isMostlyNotLatin(text)) return true;
  return language.code !== 'und' && said.length > 0 && !said.some(({ form }) => isEnglishWord(form));
}

function isMostlyNotLatin(text: string): boolean {
  const letters = text.slice(0, SAMPLE).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  return letters.length > 2 * latin;
}

async function loadModels() {
  const [sentiment, phrases, wording, languageOf] = await Promise.all([
    readModel<SentimentHeader>('sentiment.bin'),
    readModel<ModelHeader>('phrases.bin'),
    readModel<WordingHeader>('wording.bin'),
    languageDetector(),
  ]);
  const lexicon = new Map(Object.entries(sentiment.header.lexicon));
  let last: { text: string; words: Word[]; features: Features } | undefined;
  return {
    /** A text is looked at by one model after the other, so the last one is kept. */
    looked(text: string) {
      if (last?.text !== text) {
        const words = wordsOf(text, LONGEST_WORDS);
        last = { text, words, features: sentimentFeatures(words, lexicon) };
      }
      return last;
    },
    sentiment: sentimentModel(sentiment),
    phrases: phraseModel(phrases),
    wording: wordingModel(wording),
    languageOf,
    isEnglishWord: (form: string) => COMMON_WORDS.has(form) || (form.length >= TELLING_LETTERS && lexicon.has(form)),
    version: sentiment.header.version,
  };
}
