export * from './analysis.ts';
export type * from './ports.ts';
