import { admit, type Context } from '../kernel/index.ts';
import type { TicketCounts } from './ports.ts';
import type { Summary } from './summary.ts';

export interface AnalyticsVerb {
  readonly ctx: Context;
  readonly counts: TicketCounts;
}

export async function readSummary({ ctx, counts }: AnalyticsVerb): Promise<Summary> {
  admit(ctx);
  return counts.read(ctx.actor.organizationId);
}
