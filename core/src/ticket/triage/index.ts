/** Triage of tickets: apart from the other verbs, since functions load it when it is first asked for. */
export { analyzeText } from './analyze-text.ts';
export { applySuggestions, revertSuggestions } from './decide-suggestions.ts';
export { triageOnEvent } from './on-ticket-event.ts';
export { triageTicket } from './triage-ticket.ts';
