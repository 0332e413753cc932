import { sqliteTicketCounts } from '../../../adapters/sqlite/index.ts';
import type { LocalHost } from '../platform/local-host.ts';

export const ticketCounts = ({ database }: LocalHost) => sqliteTicketCounts(database);
