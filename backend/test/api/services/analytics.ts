import { get } from '../host.ts';
import type { RequestsOf, Tables } from '../requests.ts';

export const requests: RequestsOf<'analytics'> = {
  getSummary: { send: () => get('/v1/analytics/summary') },
};

// The tables of tickets count, too.
export const tables: Tables = {};
