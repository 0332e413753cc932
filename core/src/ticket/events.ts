import * as z from 'zod';
import type { EventEnvelope } from '../kernel/index.ts';
import { MessageKind } from './message.ts';
import { type Ticket, TicketPriority, TicketStatus, TicketType } from './ticket.ts';

export { TicketPriority, TicketStatus };

/**
 * Where the ticket stands after the event. Every ticket event has it whole, so that a consumer that gets events
 * late, twice or out of order is right as soon as it has seen the one with the highest sequence.
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

export interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

interface TicketData {
  readonly ticket: TicketFacts;
  /** The scalars that changed. */
  readonly changes: readonly Change[];
  /** The names of all fields that changed, also of those whose texts stay out of events. Absent in older events. */
  readonly changed?: readonly string[];
}

interface MessageData extends TicketData {
  readonly messageId: string;
  readonly kind: MessageKind;
  /** Whether its author is the reporter, or another customer. */
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

/** An event as it comes out of a queue. Members that a later version adds are let through. */
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
    }),
    changes: z.array(z.looseObject({ field: z.string() })),
    // Absent in events that were written before these were.
    changed: z.array(z.string()).optional(),
    messageId: z.string().optional(),
    kind: MessageKind.optional(),
    fromCustomer: z.boolean().optional(),
  }),
}) as unknown as z.ZodType<TicketEvent>;
export type TicketEvent = { [T in TicketEventType]: EventEnvelope<T, Data[T]> }[TicketEventType];

export function factsOf(ticket: Ticket, deleted: boolean): TicketFacts {
  const { number, status, priority, type, reporterId, assignedToId, version } = ticket;
  return { number, status, priority, type, reporterId, assignedToId, deleted, version };
}
