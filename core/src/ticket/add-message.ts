import { CurlewError, receiptOf, requireAccess, retryStale } from '../kernel/index.ts';
import type { TicketDeps } from './deps.ts';
import { changesBetween, type RecordedEvent, recordEvent } from './history.ts';
import { loadTicket, ticketKey } from './load-ticket.ts';
import type { Message, NewMessage } from './message.ts';
import type { TicketRef } from './ports.ts';
import { moveTicket, type Ticket } from './ticket.ts';

/**
 * Adds a reply or a note to a ticket. A customer's reply on a RESOLVED ticket sets the ticket to OPEN again.
 * Throws `not_found`, `ticket_closed`, `external_id_taken`, `forbidden`.
 */
export async function addMessage(deps: TicketDeps, ref: TicketRef, input: NewMessage): Promise<Message> {
  const { ctx, tickets, people } = deps;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(deps, ref, 'tickets:write');
    if (input.kind === 'note' || typeof input.externalId === 'string') requireAccess(ctx, 'tickets:manage', 'all');
    if (before.ticket.status === 'CLOSED') {
      throw new CurlewError('ticket_closed', 'A CLOSED ticket takes no more messages; open a new ticket instead.');
    }
    const author =
      input.authorId === undefined || input.authorId === ctx.actor.userId
        ? { id: ctx.actor.userId, role: ctx.actor.role }
        : await people.author(ctx, input.authorId);
    const time = ctx.now();
    const message: Message = {
      id: ctx.newId('msg'),
      ticketId: before.ticket.id,
      kind: input.kind ?? 'reply',
      body: input.body,
      authorId: author.id,
      externalId: input.externalId ?? null,
      createdAt: time,
      version: 1,
    };

    const touched: Ticket = { ...before.ticket, updatedAt: time };
    const added = recordEvent(ctx, before, touched, {
      type: 'message.added',
      time,
      message: {
        messageId: message.id,
        kind: message.kind,
        fromCustomer: author.role === 'customer' || author.id === before.ticket.reporterId,
      },
    });
    let after = { ...added.ticket, derived: before.derived + 1 };
    const events: RecordedEvent[] = [added.event];
    if (message.kind === 'reply' && author.role === 'customer' && touched.status === 'RESOLVED') {
      const opened: Ticket = { ...moveTicket(touched, 'OPEN', time), version: touched.version + 1 };
      const changes = changesBetween(touched, opened);
      const next = recordEvent(ctx, after, opened, { type: 'ticket.status_changed', time, changes });
      after = next.ticket;
      events.push(next.event);
    }
    await tickets.save({
      record: after,
      before,
      events,
      message,
      ...receiptOf(ctx, message),
    });
    return message;
  });
}
