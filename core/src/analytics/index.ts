export { onTicketEvent } from './on-ticket-event.ts';
export * from './ports.ts';
export { type AnalyticsDeps, readSummary } from './read-summary.ts';
export { Summary, summaryOf } from './summary.ts';
