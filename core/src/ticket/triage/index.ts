/** Triage of tickets. Separate from the other operations, because Lambda functions load it only on first use. */
export { analyzeText } from './analyze-text.ts';
export { applySuggestions, revertSuggestions } from './decide-suggestions.ts';
export { triageTicket } from './triage-ticket.ts';
