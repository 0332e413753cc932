import { analyses, analysisRequests } from '../analyses.ts';
import type { RequestsOf, Tables } from '../requests.ts';
import { sourceSystems } from '../source-systems.ts';
import { conversing, creating, deleting, listing, patching, reading, replacing, ticketRequests } from '../tickets.ts';
import { triage, triageRequests } from '../triage.ts';

export const requests: RequestsOf<'tickets'> = { ...ticketRequests, ...analysisRequests, ...triageRequests };

export const tables: Tables = {
  'creating a ticket': creating,
  'reading a ticket': reading,
  'replacing a ticket': replacing,
  'patching a ticket': patching,
  'deleting and restoring a ticket': deleting,
  'messages and history': conversing,
  'listing tickets': listing,
  analyses,
  triage,
  'the systems that Curlew takes over': sourceSystems,
};
