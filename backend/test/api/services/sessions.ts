import type { Tables } from '../requests.ts';

// Sign-in has separate tests, on one machine.
export const tables: Tables = {};
