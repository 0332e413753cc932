import type { Analysis } from '../analysis.ts';
import type { TextAnalyzer, Wording } from '../ports.ts';
import { cleanText, type Piece, unfolded } from './clean-text.ts';
import { urgencyOf, urgencySigns } from './urgency.ts';

/** What an analysis is made with. */
export interface Analysts {
  readonly analyzer: TextAnalyzer;
  readonly wording: Wording;
  /** What a reader sees of a text that may be HTML. */
  readHtml(text: string): Piece[];
}

/** What is beyond it is not analysed; the analyser's notes say so. */
const LONGEST_TEXT = 100_000;
/** Below it a category is no better than a guess. */
const LEAST_CATEGORY_SCORE = 0.4;

/**
 * Language, feelings, key phrases, urgency and category of a text. Offsets are into the text as it was given, whatever
 * cleaning took out of it. Takes time linear in its length.
 */
export async function analysisOf({ analyzer, wording, readHtml }: Analysts, text: string): Promise<Analysis> {
  const read = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  const clean = cleanText(read, readHtml(read));
  const flowing = unfolded(clean.text);
  const found = await analyzer.analyze(flowing);
  const words = await wording.read(flowing, found.sentiment);
  const urgency = urgencyOf(urgencySigns(flowing), words);
  const notes = [...found.analyzer.notes, ...(read === text ? [] : ['only_the_beginning'])];
  const inOriginal = <Span extends { begin: number; end: number }>(span: Span): Span => ({
    ...span,
    ...clean.originalSpan(span.begin, span.end),
  });
  return {
    language: found.language,
    sentiment: found.sentiment,
    keyPhrases: found.keyPhrases.map(inOriginal),
    urgency: { ...urgency, reasons: urgency.reasons.map(inOriginal) },
    category: found.analyzer.notes.includes('needs_english') ? { name: null, score: 0 } : likeliest(words.categories),
    analyzer: { ...found.analyzer, notes },
  };
}

function likeliest(categories: Readonly<Record<string, number>>): Analysis['category'] {
  const best = Object.entries(categories).reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const [name, score] = best;
  return { name: score >= LEAST_CATEGORY_SCORE ? name : null, score: Math.round(score * 1e4) / 1e4 };
}
