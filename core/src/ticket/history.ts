import * as z from 'zod';
import { type Context, sameJson } from '../kernel/index.ts';
import type { TriageBrief } from '../triage/index.ts';
import { type Change, factsOf, TICKET_EVENTS, type TicketEvent, type TicketEventType } from './events.ts';
import { EDITABLE, type EditableFields, type Ticket, type TicketRecord } from './ticket.ts';

export const HistoryEntry = z.object({
  id: z.string(),
  sequence: z.int().min(1),
  type: z.enum(TICKET_EVENTS),
  time: z.string().meta({ format: 'date-time' }),
  actorId: z.string(),
  messageId: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** An event as it is stored: what the world is told, and beside it the changes of what people wrote. */
export interface RecordedEvent {
  readonly event: TicketEvent;
  readonly privateChanges: readonly Change[];
}

// Everything else is text that people wrote, and stays in the history. A category comes from the tags of people.
const IN_EVENTS: ReadonlySet<string> = new Set<keyof Ticket | keyof TriageBrief>([
  'status',
  'priority',
  'type',
  'reporterId',
  'assignedToId',
  'sentiment',
  'urgency',
]);

/** What differs between two states of a ticket, field by field. */
export function changesBetween(before: EditableFields, after: EditableFields): Change[] {
  return EDITABLE.filter((field) => !sameJson(before[field], after[field])).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}

/** The ticket as stored after an event, and the event. `changes` may hold texts; they go to the history only. */
export function recordEvent(
  ctx: Context,
  before: TicketRecord,
  ticket: Ticket,
  news: { type: TicketEventType; time: string; changes?: readonly Change[]; message?: MessageEventData },
): { ticket: TicketRecord; event: RecordedEvent } {
  const deleted = news.type === 'ticket.deleted';
  const sequence = before.sequence + 1;
  const changes = news.changes ?? [];
  const event = {
    id: ctx.newId('evt'),
    type: news.type,
    organizationId: before.organizationId,
    subject: ticket.id,
    sequence,
    time: news.time,
    actorId: ctx.actor.userId,
    data: {
      ticket: factsOf(ticket, deleted),
      changes: changes.filter((change) => IN_EVENTS.has(change.field)),
      changed: changes.map((change) => change.field),
      ...news.message,
    },
  } as TicketEvent;
  return {
    ticket: { ...before, ticket, sequence, deletedAt: deleted ? news.time : null },
    event: { event, privateChanges: changes.filter((change) => !IN_EVENTS.has(change.field)) },
  };
}

type MessageEventData = { messageId: string; kind: 'reply' | 'note'; fromCustomer: boolean };
