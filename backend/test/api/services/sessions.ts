import type { Tables } from '../requests.ts';

// Signing in has tests of its own, on one machine.
export const tables: Tables = {};
