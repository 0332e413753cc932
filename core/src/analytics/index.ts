export { onTicketEvent } from './on-ticket-event.ts';
export * from './ports.ts';
export { type AnalyticsVerb, readSummary } from './read-summary.ts';
export { Summary } from './summary.ts';
