import { invalid } from '../kernel/index.ts';
import type { TaskDeps } from './deps.ts';

/** Throws `invalid_request` if the ticket of a task does not exist. */
export async function checkTicket({ ctx, tickets }: TaskDeps, ticketId: string | null): Promise<void> {
  if (ticketId === null || (await tickets.exists(ctx.actor.organizationId, ticketId))) return;
  throw invalid([{ pointer: '/ticketId', code: 'unknown_ticket', message: `There is no ticket ${ticketId}.` }]);
}
