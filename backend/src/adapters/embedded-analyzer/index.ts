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

/** The lowest reliable score of a detected language; a text of a few words needs a higher one. */
const LEAST_SCORE = 0.45;
const LEAST_SCORE_OF_A_FEW_WORDS = 0.6;
const FEW_WORDS = 5;
/** The script is detected from this many characters at the start of a text. */
const SAMPLE = 1000;
/** Shorter words of the lexicon can be words of other languages too, such as `die`. */
const TELLING_LETTERS = 5;
/** The sentiment of a text in a language that the model was not trained on. */
const UNKNOWN_SENTIMENT: Sentiment = {
  label: 'NEUTRAL',
  scores: { positive: 0.2, negative: 0.25, neutral: 0.5, mixed: 0.05 },
};
const EMPTY: Sentiment = { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } };

/** The built-in analyser: no network, no native code. It loads its models when the first text arrives. */
export function embeddedAnalyzer(): TextAnalyzer & Wording {
  let loading: ReturnType<typeof loadModels> | undefined;
  const models = () => {
    loading ??= loadModels().catch((error) => {
      // The next text loads the models again.
      loading = undefined;
      throw error;
    });
    return loading;
  };

  return {
    async analyze(text): Promise<TextFindings> {
      const { sentiment, phrases, languageOf, isEnglishWord, version, inputOf } = await models();
      const analyzer = (...notes: string[]) => ({ name: 'embedded', version, notes, masked: 0 });
      const language = languageOf(text);
      if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) {
        return { language, sentiment: EMPTY, keyPhrases: [], analyzer: analyzer('nothing_to_read'), isForeign: false };
      }
      if (language.code !== 'en' && isForeign(text, language, inputOf(text).words, isEnglishWord)) {
        return {
          language,
          sentiment: UNKNOWN_SENTIMENT,
          keyPhrases: [],
          analyzer: analyzer('needs_english'),
          isForeign: true,
        };
      }
      return {
        language,
        sentiment: sentiment.scoreOf(inputOf(text).words, inputOf(text).features),
        keyPhrases: phrases.phrases(text),
        analyzer: analyzer(),
        isForeign: false,
      };
    },
    async read(text, feels) {
      const { wording, inputOf } = await models();
      const { words, features } = inputOf(text);
      return wording.findings(text, words, wordingFeatures(text, words, features, feels));
    },
  };
}

/** Whether a text is really in another language than English; the detector is not reliable for short texts. */
function isForeign(
  text: string,
  language: Language,
  words: readonly Word[],
  isEnglishWord: (form: string) => boolean,
): boolean {
  if (language.score >= (words.length < FEW_WORDS ? LEAST_SCORE_OF_A_FEW_WORDS : LEAST_SCORE)) return true;
  const realWords = words.filter(({ isWord }) => isWord);
  if (isMostlyNotLatin(text)) return true;
  return language.code !== 'und' && realWords.length > 0 && !realWords.some(({ form }) => isEnglishWord(form));
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
    /** Keeps the words and features of the last text, because one model after the other reads the same text. */
    inputOf(text: string) {
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
