import { invalid } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';

/** Throws `invalid_request` when a task is to belong to a ticket that is not there. */
export async function checkTicket({ ctx, tickets }: TaskDeps, ticketId: string | null): Promise<void> {
  if (ticketId === null || (await tickets.exists(ctx.actor.organizationId, ticketId))) return;
  throw invalid([{ pointer: '/ticketId', code: 'unknown_ticket', message: `There is no ticket ${ticketId}.` }]);
}
