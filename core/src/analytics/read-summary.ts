import { type Context, requireAccess } from '../kernel/index.ts';
import type { TicketCounts } from './ports.ts';
import type { Summary } from './summary.ts';

export interface AnalyticsDeps {
  readonly ctx: Context;
  readonly counts: TicketCounts;
}

/** Reads the counts of the caller's organization. Throws `forbidden`. */
export async function readSummary({ ctx, counts }: AnalyticsDeps): Promise<Summary> {
  requireAccess(ctx, 'analytics:read');
  return counts.read(ctx.actor.organizationId);
}
