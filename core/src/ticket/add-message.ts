import { CurlewError, demand, receiptOf, retryStale } from '../kernel/index.ts';
import { changesBetween, type RecordedEvent, record } from './history.ts';
import type { Message, NewMessage } from './message.ts';
import type { TicketRef } from './ports.ts';
import { moveTicket, type Ticket } from './ticket.ts';
import { loadTicket, type TicketVerb, ticketKey } from './verb.ts';

/**
 * Adds a reply or a note. A customer's reply on a RESOLVED ticket opens it again.
 * Throws `not_found`, `ticket_closed`, `external_id_taken`, `forbidden`.
 */
export async function addMessage(verb: TicketVerb, ref: TicketRef, input: NewMessage): Promise<Message> {
  const { ctx, tickets, people } = verb;
  return retryStale(ctx, ticketKey(ref), async () => {
    const before = await loadTicket(verb, ref);
    if (input.kind === 'note' || typeof input.externalId === 'string') demand(ctx.actor, 'tickets:manage', 'agent');
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
    const added = record(ctx, before, touched, {
      type: 'message.added',
      time,
      message: {
        messageId: message.id,
        kind: message.kind,
        fromCustomer: author.role === 'customer' || author.id === before.ticket.reporterId,
      },
    });
    let after = { ...added.record, derived: before.derived + 1 };
    const events: RecordedEvent[] = [added.recorded];
    if (message.kind === 'reply' && author.role === 'customer' && touched.status === 'RESOLVED') {
      const opened: Ticket = { ...moveTicket(touched, 'OPEN', time), version: touched.version + 1 };
      const changes = changesBetween(touched, opened);
      const next = record(ctx, after, opened, { type: 'ticket.status_changed', time, changes });
      after = next.record;
      events.push(next.recorded);
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
