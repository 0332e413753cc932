import * as z from 'zod';
import { type Context, type EventEnvelope, isSameJson } from '../kernel/index.ts';
import type { TriageBrief } from '../triage/index.ts';
import { type Change, factsOf, TICKET_EVENTS, type TicketEvent, type TicketEventType } from './events.ts';
import type { MessageKind } from './message.ts';
import { EDITABLE, type EditableFields, type Ticket, type TicketRecord } from './ticket.ts';

/** One entry in the history of a ticket: an event with its author, its time and the old and new values. */
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

/**
 * An event to store. `privateChanges` are the changes of texts: they go to the ticket's history and not into the event.
 */
export interface RecordedEvent {
  readonly event: TicketEvent;
  readonly privateChanges: readonly Change[];
}

// The fields whose values events may contain. All others hold texts that people wrote, and their values stay in the
// history. The category is left out too, because its name comes from tags that people wrote.
const IN_EVENTS: ReadonlySet<string> = new Set<keyof Ticket | keyof TriageBrief>([
  'status',
  'priority',
  'type',
  'reporterId',
  'assignedToId',
  'sentiment',
  'urgency',
]);

/** The editable fields that differ between two states of a ticket. */
export function changesBetween(before: EditableFields, after: EditableFields): Change[] {
  return EDITABLE.filter((field) => !isSameJson(before[field], after[field])).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}

/** The history entry of an event, with the changes of texts that the event itself does not contain. */
export function historyEntryOf(
  event: EventEnvelope<string, { readonly messageId?: string; readonly changes: readonly unknown[] }>,
  privateChanges: readonly unknown[],
): HistoryEntry {
  const { id, sequence, type, time, actorId, data } = event;
  const { messageId = null, changes } = data;
  return HistoryEntry.parse({ id, sequence, type, time, actorId, messageId, changes: [...changes, ...privateChanges] });
}

/** Makes the next event of a ticket, and the ticket's record after it. `changes` may contain texts. */
export function recordEvent(
  ctx: Context,
  before: TicketRecord,
  ticket: Ticket,
  fact: Fact,
): { ticket: TicketRecord; event: RecordedEvent } {
  const deleted = fact.type === 'ticket.deleted';
  const sequence = before.sequence + 1;
  const changes = fact.changes ?? [];
  const envelope = {
    id: ctx.newId('evt'),
    organizationId: before.organizationId,
    subject: ticket.id,
    sequence,
    time: fact.time,
    actorId: ctx.actor.userId,
  };
  const data = {
    ticket: factsOf(ticket, deleted),
    changes: changes.filter((change) => IN_EVENTS.has(change.field)),
    changed: changes.map((change) => change.field),
  };
  const event: TicketEvent =
    fact.type === 'message.added'
      ? { ...envelope, type: fact.type, data: { ...data, ...fact.message } }
      : { ...envelope, type: fact.type, data };
  return {
    ticket: { ...before, ticket, sequence, deletedAt: deleted ? fact.time : null },
    event: { event, privateChanges: changes.filter((change) => !IN_EVENTS.has(change.field)) },
  };
}

type Fact = { readonly time: string; readonly changes?: readonly Change[] } & (
  | { readonly type: Exclude<TicketEventType, 'message.added'> }
  | {
      readonly type: 'message.added';
      readonly message: { readonly messageId: string; readonly kind: MessageKind; readonly fromCustomer: boolean };
    }
);
