import type { Analysis } from '../analysis.ts';
import type { ReadingOptions, TextAnalyzer, Wording } from '../ports.ts';
import { type CleanText, cleanText, type Piece, unfoldLines } from './clean-text.ts';
import { ownPieces, withoutQuotes } from './quotes.ts';
import { foreignUrgency, urgencyOf } from './urgency.ts';
import { isAlarming, urgencySigns } from './urgency-signs.ts';

/** The ports that an analysis needs. */
export interface Analysts {
  readonly analyzer: TextAnalyzer;
  readonly wording: Wording;
  /** The visible pieces of a text that may be HTML. */
  readHtml(text: string): Piece[];
}

/** In UTF-16 units. The rest of a longer text is not analysed, and the analyser's notes say so. */
const LONGEST_TEXT = 100_000;
/** A category with a lower score is too uncertain to report. */
const LEAST_CATEGORY_SCORE = 0.4;

/** An analysis, and the text that was analysed. */
export interface Reading {
  readonly analysis: Analysis;
  /** The text for analysers and rules: cleaned, with unfolded lines, and without quotes. */
  readonly text: string;
  readonly isForeign: boolean;
  /** Whether no sentence states a reason for urgency as a fact: it is a question, a denial or a supposition. */
  readonly isDoubtful: boolean;
  /** Maps a span of this text to its place in the original text. */
  readonly originalSpan: CleanText['originalSpan'];
}

/** Prepares a text for analysis: keeps the author's own words, cleans them and unfolds the lines. */
export function readableOf(text: string, readHtml: Analysts['readHtml']): Pick<Reading, 'text' | 'originalSpan'> {
  const read = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  const clean = withoutQuotes(cleanText(read, ownPieces(readHtml(read))));
  return { text: unfoldLines(clean.text), originalSpan: clean.originalSpan };
}

/**
 * Analyses the language, sentiment, key phrases, urgency and category of a text. Offsets refer to the original text,
 * before cleaning. The time is linear in the length of the text.
 */
export async function analysisOf(analysts: Analysts, text: string, options?: ReadingOptions): Promise<Analysis> {
  return (await readText(analysts, text, options)).analysis;
}

/** Analyses a text like `analysisOf`, and also returns the prepared text. */
export async function readText(
  { analyzer, wording, readHtml }: Analysts,
  text: string,
  options?: ReadingOptions,
): Promise<Reading> {
  const { text: flowing, originalSpan } = readableOf(text, readHtml);
  const found = await analyzer.analyze(flowing, options);
  const words = await wording.read(flowing, found.sentiment);
  const signs = urgencySigns(flowing);
  const urgency = found.isForeign ? foreignUrgency(signs) : urgencyOf(flowing, signs, words);
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
  const isDoubtful = signs.isOver || !signs.reasons.some((one) => isAlarming(one.reason.reason) && !one.isDoubtful);
  return { analysis, isForeign: found.isForeign, isDoubtful, text: flowing, originalSpan };
}

function likeliest(categories: Readonly<Record<string, number>>): Analysis['category'] {
  const best = Object.entries(categories).reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const [name, score] = best;
  return { name: score >= LEAST_CATEGORY_SCORE ? name : null, score: Math.round(score * 1e4) / 1e4 };
}
