import type { Language } from '@curlew/core/triage';

interface Detector {
  detect(text: string): { getScores(): Record<string, number> };
}

const UNKNOWN: Language = { code: 'und', score: 0 };
/** The languages for which Comprehend detects sentiment. If two languages are about equally likely, these win. */
const COMMON = new Set(['en', 'es', 'fr', 'de', 'it', 'pt', 'nl', 'ar', 'hi', 'ja', 'ko', 'zh']);
const COMMON_BONUS = 0.05;
/** Most short texts are English, so English wins unless another language is much likelier. */
const ENGLISH_BONUS = 0.12;
const SHORT_WORDS = 6;
const ENOUGH_WORDS = 8;
/** This many characters are enough to detect the language. They are counted without links and numbers. */
const SAMPLE = 160;
const LOOKED_AT = 2000;
/** Links, mail addresses, mentions and numbers. Because of the lookbehind, a mail address starts only after a blank. */
const NOT_WORDS = /https?:\/\/\S+|(?<!\S)\S+@\S+|[@#]\w+|\d+/g;

/** Language detection by ELD (Nito-ELD, Apache-2.0), with its smallest data. */
export async function languageDetector(): Promise<(text: string) => Language> {
  const { eld } = (await import('eld/extrasmall')) as unknown as { eld: Detector };
  return (text) => {
    const plain = text.slice(0, LOOKED_AT).replace(NOT_WORDS, ' ');
    const sample = plain.trimStart().slice(0, SAMPLE);
    if (!/\p{L}/u.test(sample)) return UNKNOWN;
    const words = sample.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
    const english = words < SHORT_WORDS ? (ENGLISH_BONUS * (SHORT_WORDS - words)) / SHORT_WORDS : 0;
    let best = { code: '', weight: 0 };
    let second = best;
    for (const [code, score] of Object.entries(eld.detect(sample).getScores())) {
      const weight = score + (COMMON.has(code) ? COMMON_BONUS : 0) + (code === 'en' ? english : 0);
      if (weight > best.weight) [best, second] = [{ code, weight }, best];
      else if (weight > second.weight) second = { code, weight };
    }
    if (best.code === '') return UNKNOWN;
    // The score combines the lead over the second language with the number of words.
    const ahead = second.code === '' ? 0.6 : best.weight / (best.weight + second.weight);
    const enough = Math.min(1, words / ENOUGH_WORDS);
    return { code: best.code, score: Math.round(Math.min(1, ahead * (0.5 + enough)) * 1e4) / 1e4 };
  };
}
