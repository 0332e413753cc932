/**
 * The analysis of texts. Separate from its result schemas in `triage`, because hosts load it only for the first text.
 */
export { analysisOf, readableOf } from './analyze-text.ts';
export * from './category.ts';
export { cleanText, type Piece, unfoldLines } from './clean-text.ts';
export * from './hash.ts';
export { type Learner, learnerOf, type TextLesson } from './learner.ts';
export { UnreadableLessonsError } from './learner-bytes.ts';
export * from './mask-personal-data.ts';
export { triager } from './triager.ts';
export { URGENCY_REASONS, urgencySigns } from './urgency-signs.ts';
export { wordPatterns } from './word-patterns.ts';
