import * as z from 'zod';
import {
  CurlewError,
  EmailAddress,
  ExternalId,
  firstCharacters,
  isObject,
  keysOf,
  line,
  PROSE_CHARACTERS,
  prose,
  TAG_CHARACTERS,
  TITLE_CHARACTERS,
  UserId,
} from '../kernel/index.ts';
import { SentimentLabel, Triage, Urgency } from '../triage/index.ts';

declare module '../kernel/ids.ts' {
  interface IdPrefixes {
    tkt: 'ticket';
    msg: 'message';
  }
}

declare module '../kernel/errors.ts' {
  interface ErrorCodes {
    illegal_transition: true;
    ticket_closed: true;
  }
}

/** The stage of the work on a ticket. `NEXT` lists the allowed steps between stages. */
export const TicketStatus = z.enum(['NEW', 'OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED']);
export type TicketStatus = z.infer<typeof TicketStatus>;

/** The order in which staff should work on tickets: CRITICAL first. */
export const TicketPriority = z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);
export type TicketPriority = z.infer<typeof TicketPriority>;

/** The kind of help that a ticket asks for: a repair (INCIDENT), a change (SERVICE_REQUEST) or an answer (QUESTION). */
export const TicketType = z.enum(['INCIDENT', 'SERVICE_REQUEST', 'QUESTION']);
export type TicketType = z.infer<typeof TicketType>;

export const Sentiment = SentimentLabel;
export type Sentiment = z.infer<typeof Sentiment>;

export const EXCERPT_CHARACTERS = 280;
export const CUSTOM_FIELDS_KIBIBYTES = 4;
const CUSTOM_FIELDS_BYTES = CUSTOM_FIELDS_KIBIBYTES * 1024;

const Title = line(1, TITLE_CHARACTERS);
const Description = prose(0, PROSE_CHARACTERS);

// The `tag` filter separates its values with commas, so it could not find a tag that contains a comma.
export const Tag = line(1, TAG_CHARACTERS).refine((tag) => !tag.includes(','), {
  message: 'Must not contain a comma.',
  params: { code: 'comma' },
});
export const MOST_TAGS = 20;
const Tags = z.array(Tag).max(MOST_TAGS);

/** An organization's own data on a ticket, as a JSON object with any members. */
export const CustomFields = z
  .custom<Readonly<Record<string, unknown>>>(isObject, {
    message: 'Must be an object.',
    params: { code: 'wrong_type' },
  })
  .refine((fields) => !isObject(fields) || utf8Bytes(JSON.stringify(fields)) <= CUSTOM_FIELDS_BYTES, {
    message: `Must take at most ${CUSTOM_FIELDS_BYTES} bytes as JSON.`,
    params: { code: 'too_long' },
  })
  .refine((fields) => !isObject(fields) || allFinite(fields), {
    message: 'Contains a number that is too large to store.',
    params: { code: 'too_large' },
  })
  .meta({
    type: 'object',
    additionalProperties: true,
  });

/**
 * A request for help. A person reports it, and the staff of the organization work on it until it is resolved and
 * closed.
 */
export const Ticket = z.object({
  id: z.string(),
  number: z.int().min(1),
  externalId: z.string().nullable(),
  title: z.string(),
  description: z.string(),
  status: TicketStatus,
  priority: TicketPriority,
  type: TicketType,
  reporterId: z.string(),
  assignedToId: z.string().nullable(),
  tags: z.array(z.string()),
  // Not `z.record`: it drops a member named __proto__, which a caller may use like any other name.
  customFields: z
    .custom<Readonly<Record<string, unknown>>>(isObject)
    .meta({ type: 'object', additionalProperties: true }),
  triage: Triage.nullable(),
  createdAt: z.string().meta({ format: 'date-time' }),
  updatedAt: z.string().meta({ format: 'date-time' }),
  resolvedAt: z.string().nullable().meta({ format: 'date-time' }),
  closedAt: z.string().nullable().meta({ format: 'date-time' }),
  version: z.int().min(1),
});
export type Ticket = z.infer<typeof Ticket>;

/** The sentiment and urgency of a ticket, as a list shows them; null before triage has analysed the ticket. */
const TriageSummary = z.object({ sentiment: Sentiment, urgency: Urgency.shape.level }).nullable();

/** A ticket in a list: with the beginning of its description, and without its custom fields. */
export const TicketRow = Ticket.omit({ customFields: true, triage: true }).extend({
  description: z.string(),
  descriptionTruncated: z.boolean(),
  triage: TriageSummary,
});
export type TicketRow = z.infer<typeof TicketRow>;

/** A ticket as a store saves it. */
export interface TicketRecord {
  readonly organizationId: string;
  readonly ticket: Ticket;
  /** Counts changes made by the system (a triage, a new message); the `d` in the ETag. */
  readonly derived: number;
  /** The number of the ticket's latest event. Stores compare it for optimistic locking. */
  readonly sequence: number;
  /** Set while the ticket is deleted and can be restored. */
  readonly deletedAt: string | null;
}

const required = {
  title: Title,
  description: Description,
  status: TicketStatus,
  priority: TicketPriority,
  type: TicketType,
  reporterId: UserId,
};
const optional = {
  assignedToId: UserId.nullable(),
  tags: Tags,
  customFields: CustomFields,
  externalId: ExternalId.nullable(),
};
const fields = { ...required, ...optional };

/** A new ticket. Every field is optional, but a title or a description is required. */
export const NewTicket = z.strictObject({ ...fields, email: EmailAddress }).partial();
export type NewTicket = z.infer<typeof NewTicket>;

/** The body of a PUT. An optional field that is missing returns to its default. */
export const TicketReplacement = z.strictObject({ ...required, ...z.strictObject(optional).partial().shape });
export type TicketReplacement = z.infer<typeof TicketReplacement>;

/** The fields of a ticket that people set; all others are read-only. */
export type EditableFields = Pick<Ticket, keyof typeof fields>;
export const EDITABLE = keysOf(fields);

/**
 * Picks the editable fields and fills in defaults. The defaults are not in the schemas, because zod would then apply
 * them to a PATCH too.
 */
export function editableFields(given: TicketReplacement): EditableFields {
  return {
    title: given.title,
    description: given.description,
    status: given.status,
    priority: given.priority,
    type: given.type,
    reporterId: given.reporterId,
    assignedToId: given.assignedToId ?? null,
    tags: [...new Set(given.tags ?? [])],
    customFields: { ...given.customFields },
    externalId: given.externalId ?? null,
  };
}

/** Makes a new ticket with these fields. */
export function newTicket(
  { id, number, now }: { readonly id: string; readonly number: number; readonly now: string },
  fields: EditableFields,
): Ticket {
  const ticket: Ticket = {
    id,
    number,
    ...fields,
    triage: null,
    createdAt: now,
    updatedAt: now,
    resolvedAt: null,
    closedAt: null,
    version: 1,
  };
  return withStatusTimes(ticket, fields.status, now);
}

/** A title for a ticket without one: the first line of its description that is not blank. */
export function titleFrom(description: string): string | undefined {
  const first = description.split('\n').find((part) => part.trim() !== '');
  return first === undefined ? undefined : firstCharacters(first.replace(/\s+/g, ' ').trim(), TITLE_CHARACTERS);
}

/** The workflow: for each status, the statuses that may follow. A CLOSED ticket stays closed. */
export const NEXT: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  NEW: ['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  OPEN: ['IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  IN_PROGRESS: ['OPEN', 'RESOLVED', 'CLOSED'],
  RESOLVED: ['OPEN', 'CLOSED'],
  CLOSED: [],
};

/** Sets the status, with `resolvedAt` and `closedAt` to match. */
export function withStatusTimes(ticket: Ticket, to: TicketStatus, now: string): Ticket {
  if (to === 'RESOLVED') return { ...ticket, status: to, resolvedAt: now };
  if (to === 'CLOSED') return { ...ticket, status: to, closedAt: now };
  return { ...ticket, status: to, resolvedAt: null };
}

/**
 * Moves a ticket to the status `to`. The ticket's present status changes nothing. Throws `illegal_transition`, which
 * names the allowed statuses, if the workflow does not allow the step.
 */
export function moveTicket(ticket: Ticket, to: TicketStatus, now: string): Ticket {
  checkStep(ticket.status, to);
  return ticket.status === to ? ticket : withStatusTimes(ticket, to, now);
}

/** Throws `illegal_transition` if the workflow does not allow this step. Keeping the same status is always allowed. */
export function checkStep(from: TicketStatus, to: TicketStatus): void {
  const allowed = NEXT[from];
  if (from === to || allowed.includes(to)) return;
  const message =
    allowed.length === 0
      ? `A ${from} ticket stays ${from}; open a new ticket instead.`
      : `A ${from} ticket can become ${allowed.join(', ')}, but not ${to}.`;
  throw new CurlewError('illegal_transition', message, { details: { from, to, allowed } });
}

export function externalIdTaken(ticketId: string): CurlewError {
  return new CurlewError('external_id_taken', `Ticket ${ticketId} has this externalId already.`, {
    details: { ticketId },
  });
}

/** JSON allows numbers that are too large for a double. They would be read as infinity and saved as null. */
function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(allFinite);
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Half of a surrogate pair counts 2 of the pair's 4 bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
