/** What reads texts: apart from the schemas of what it finds, since it is loaded when the first text comes. */
export { type Analysts, analysisOf } from './analyze-text.ts';
export * from './category.ts';
export { type CleanText, cleanText, type Piece, unfolded } from './clean-text.ts';
export * from './hash.ts';
export * from './mask-personal-data.ts';
export * from './urgency.ts';
