export * from './ports.ts';
export { type AnalyticsDeps, readSummary } from './read-summary.ts';
export { Summary, summaryOf } from './summary.ts';
