import type { Tables } from '../requests.ts';

// The tables of tickets count, too.
export const tables: Tables = {};
