import { analyses } from '../analyses.ts';
import type { Tables } from '../requests.ts';
import { sourceSystems } from '../source-systems.ts';
import { conversing, creating, deleting, listing, patching, reading, replacing } from '../tickets.ts';
import { triage } from '../triage.ts';

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
