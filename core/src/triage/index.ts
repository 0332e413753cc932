export * from './analysis.ts';
export type * from './ports.ts';
export * from './settings.ts';
export * from './triage.ts';
