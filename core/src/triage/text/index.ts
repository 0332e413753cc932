/**
 * The analysis of texts. Separate from its result schemas in `triage`, because hosts load it only for the first text.
 */
export { type Analysts, analysisOf, readableOf } from './analyze-text.ts';
export * from './category.ts';
export { type CleanText, cleanText, type Piece, unfoldLines } from './clean-text.ts';
export * from './hash.ts';
export { type LearnedAnswer, type LearnedLabel, type Learner, learnerOf, type TextLesson } from './learner.ts';
export { UnreadableLessonsError } from './learner-bytes.ts';
export * from './mask-personal-data.ts';
export { type TriagerParts, triager } from './triager.ts';
export * from './urgency.ts';
export { type Match, wordPatterns } from './word-patterns.ts';
