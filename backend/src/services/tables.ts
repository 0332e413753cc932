import { SERVICES, type ServiceName } from './index.ts';
import type { TableDesign } from './service-types.ts';

export type TableName = ServiceName | 'audit' | 'ephemeral';

/**
 * The tables on AWS: each service's own, the audit log, and one for items that expire. Every table has the keys `pk` and
 * `sk`, and every value of `pk` starts with its letter and the organization.
 */
export const TABLES: Readonly<Record<string, TableDesign>> = Object.fromEntries(
  [
    ...SERVICES.flatMap(({ name, table }) => (table === undefined ? [] : [{ name, ...table }])),
    { name: 'audit', indexes: [], stream: false },
    { name: 'ephemeral', indexes: [], stream: false, expires: 'expires' },
  ].map((table) => [table.name, table]),
);
