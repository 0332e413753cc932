import { invalid, receiptOf, requireAccess } from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { recordEvent } from './history.ts';
import { editableFields, externalIdTaken, type NewTicket, newTicket, type TicketRecord, titleFrom } from './ticket.ts';

/**
 * Opens a ticket. Unknown reporters and assignees are created as users first; if the ticket then cannot be saved, these
 * users stay, which does no harm. Customers may not set a status other than NEW, an assignee or an external id. Throws
 * `invalid_request` without title and description, `external_id_taken`, `person_mismatch`, `forbidden`.
 */
export async function createTicket(deps: TicketDeps, input: NewTicket): Promise<TicketRecord> {
  const { ctx, tickets, people } = deps;
  requireAccess(ctx, 'tickets:write');
  // An external id is for staff only: the error for a taken id would show customers tickets that they may not see.
  const hasStaffFields =
    (input.status ?? 'NEW') !== 'NEW' || typeof input.assignedToId === 'string' || typeof input.externalId === 'string';
  if (hasStaffFields) requireAccess(ctx, 'tickets:manage', 'all');
  const title = input.title ?? titleFrom(input.description ?? '');
  if (title === undefined) {
    throw invalid([{ pointer: '/title', code: 'required', message: 'A title or a description is required.' }]);
  }
  if (typeof input.externalId === 'string') {
    // The store checks this too, but only after a number is taken: each repeated import would leave gaps in the
    // numbers.
    const owner = await tickets.find(ctx.actor.organizationId, { externalId: input.externalId });
    if (owner !== undefined) throw externalIdTaken(owner.ticket.id);
  }
  const reporterId = await people.reporter(ctx, input.reporterId, input.email);
  const assignedToId = typeof input.assignedToId === 'string' ? await people.assignee(ctx, input.assignedToId) : null;
  const number = await tickets.nextNumber(ctx.actor.organizationId);

  const now = ctx.now();
  const fields = editableFields({
    ...input,
    title,
    description: input.description ?? '',
    status: input.status ?? 'NEW',
    priority: input.priority ?? 'MEDIUM',
    type: input.type ?? 'INCIDENT',
    reporterId,
    assignedToId,
  });
  const ticket = newTicket({ id: ctx.newId('tkt'), number, now }, fields);
  const initial = { organizationId: ctx.actor.organizationId, ticket, derived: 0, sequence: 0, deletedAt: null };
  const created = recordEvent(ctx, initial, ticket, { type: 'ticket.created', time: now });
  await tickets.save({ record: created.ticket, events: [created.event], ...receiptOf(ctx, created.ticket) });
  return created.ticket;
}
