import type { Analysis } from '../analysis.ts';
import type { ReadingOptions, TextAnalyzer, Wording } from '../ports.ts';
import { type CleanText, cleanText, type Piece, unfoldLines } from './clean-text.ts';
import { ownPieces, withoutQuotes } from './quotes.ts';
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

/** An analysis, and the text that it was made of. */
export interface Reading {
  readonly analysis: Analysis;
  /** Clean and unfolded, without quotes: what analysers and rules read. */
  readonly text: string;
  readonly isForeign: boolean;
  /** Where a stretch of it is in the text as it was given. */
  readonly originalSpan: CleanText['originalSpan'];
}

/** What is analysed of a text: its writer's own words, clean and unfolded. */
export function readableOf(text: string, readHtml: Analysts['readHtml']): Pick<Reading, 'text' | 'originalSpan'> {
  const read = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  const clean = withoutQuotes(cleanText(read, ownPieces(readHtml(read))));
  return { text: unfoldLines(clean.text), originalSpan: clean.originalSpan };
}

/**
 * Language, feelings, key phrases, urgency and category of a text. Offsets are into the text as it was given, whatever
 * cleaning took out of it. Takes time linear in its length.
 */
export async function analysisOf(analysts: Analysts, text: string, options?: ReadingOptions): Promise<Analysis> {
  return (await readText(analysts, text, options)).analysis;
}

/** The same, with what it was read from. */
export async function readText(
  { analyzer, wording, readHtml }: Analysts,
  text: string,
  options?: ReadingOptions,
): Promise<Reading> {
  const { text: flowing, originalSpan } = readableOf(text, readHtml);
  const found = await analyzer.analyze(flowing, options);
  const words = await wording.read(flowing, found.sentiment);
  const urgency = urgencyOf(urgencySigns(flowing), words);
  const notes = [...new Set([...found.analyzer.notes, ...(text.length > LONGEST_TEXT ? ['only_the_beginning'] : [])])];
  const inOriginal = <Span extends { begin: number; end: number }>(span: Span): Span => ({
    ...span,
    ...originalSpan(span.begin, span.end),
  });
  const analysis = {
    language: found.language,
    sentiment: found.sentiment,
    keyPhrases: found.keyPhrases.map(inOriginal),
    urgency: { ...urgency, reasons: urgency.reasons.map(inOriginal) },
    category: found.category ?? (found.isForeign ? { name: null, score: 0 } : likeliest(words.categories)),
    analyzer: { ...found.analyzer, notes },
  };
  return { analysis, isForeign: found.isForeign, text: flowing, originalSpan };
}

function likeliest(categories: Readonly<Record<string, number>>): Analysis['category'] {
  const best = Object.entries(categories).reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const [name, score] = best;
  return { name: score >= LEAST_CATEGORY_SCORE ? name : null, score: Math.round(score * 1e4) / 1e4 };
}
