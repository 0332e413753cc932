import type { Tables } from '../requests.ts';

// The tables of tickets check the counts too.
export const tables: Tables = {};
