import * as z from 'zod';
import type { EventEnvelope } from '../kernel/index.ts';
import { MessageKind } from './message.ts';
import { type Ticket, TicketPriority, TicketStatus, TicketType } from './ticket.ts';

export { TicketPriority, TicketStatus };

/**
 * The state of the ticket after the event. Every ticket event contains all of it. A consumer may therefore receive
 * events late, twice or out of order: the event with the highest sequence always has the current state.
 */
export interface TicketFacts {
  readonly number: number;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly type: TicketType;
  readonly reporterId: string;
  readonly assignedToId: string | null;
  readonly deleted: boolean;
  readonly version: number;
}

/** One changed field of a resource, with its old and new value. */
export interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

interface TicketData {
  readonly ticket: TicketFacts;
  /** The changed fields whose values may appear in events: no texts that people wrote. */
  readonly changes: readonly Change[];
  /** The names of all changed fields, including those that `changes` leaves out. Absent in older events. */
  readonly changed?: readonly string[];
}

interface MessageData extends TicketData {
  readonly messageId: string;
  readonly kind: MessageKind;
  /** Whether the author of the message is the ticket's reporter or another customer. */
  readonly fromCustomer: boolean;
}

type Data = {
  'ticket.created': TicketData;
  'ticket.updated': TicketData;
  'ticket.status_changed': TicketData;
  'ticket.deleted': TicketData;
  'ticket.restored': TicketData;
  'message.added': MessageData;
  'ticket.triaged': TicketData;
};

export const TICKET_EVENTS = [
  'ticket.created',
  'ticket.updated',
  'ticket.status_changed',
  'ticket.deleted',
  'ticket.restored',
  'message.added',
  'ticket.triaged',
] as const satisfies readonly (keyof Data)[];
export type TicketEventType = (typeof TICKET_EVENTS)[number];

/**
 * A record of one change of a ticket: it was opened, changed, deleted, restored or triaged, or a message was added.
 * Other services read it from a queue; the schema accepts unknown members, because a later version may add some.
 */
export const TicketEvent = z.looseObject({
  id: z.string(),
  type: z.enum(TICKET_EVENTS),
  organizationId: z.string(),
  subject: z.string(),
  sequence: z.int().min(1),
  time: z.string(),
  actorId: z.string(),
  data: z.looseObject({
    ticket: z.looseObject({
      number: z.int(),
      status: TicketStatus,
      priority: TicketPriority,
      type: TicketType,
      reporterId: z.string(),
      assignedToId: z.string().nullable(),
      deleted: z.boolean(),
      version: z.int(),
    } satisfies { [Field in keyof TicketFacts]: z.ZodType<TicketFacts[Field]> }),
    changes: z.array(z.looseObject({ field: z.string() })),
    // Events that were stored by older releases lack this member.
    changed: z.array(z.string()).optional(),
    messageId: z.string().optional(),
    kind: MessageKind.optional(),
    fromCustomer: z.boolean().optional(),
  }),
  // The schema accepts the members of messages in all events, so its type is wider than the type of the event.
}) as unknown as z.ZodType<TicketEvent>;
export type TicketEvent = { [T in TicketEventType]: EventEnvelope<T, Data[T]> }[TicketEventType];

export function factsOf(ticket: Ticket, deleted: boolean): TicketFacts {
  const { number, status, priority, type, reporterId, assignedToId, version } = ticket;
  return { number, status, priority, type, reporterId, assignedToId, deleted, version };
}
