import { firstCharacters } from '@curlew/core/kernel';
import { EXCERPT_CHARACTERS, type Message, type Ticket, type TicketRecord, type TicketRow } from '@curlew/core/ticket';
import { type TriageBrief, triageBrief } from '@curlew/core/triage';
import { json, list, mapOf, number, optional, text, textOrEmpty } from './attributes.ts';
import type { Item } from './calls.ts';
import { BODY, HEADER, partitionOf } from './keys.ts';

/** The length of the instant at the start of the sort key `u`. */
export const INSTANT_CHARACTERS = '2026-01-01T00:00:00.000Z'.length;

/** The attributes that make a list row. Every index contains them, as keys or as projected attributes. */
export const TICKET_ROW_ATTRIBUTES = ['u', 'listed'] as const;
type RowItem = { readonly [Name in (typeof TICKET_ROW_ATTRIBUTES)[number]]?: unknown };

type BodyField = 'description' | 'customFields' | 'triage';

/** The long fields are stored apart from the header, so that most changes do not write them again. */
const IN_BODY = mapOf<Pick<Ticket, BodyField>>({
  description: textOrEmpty,
  customFields: json(),
  triage: optional(json()),
});

/** The header's attribute `listed`. The id and updatedAt are in `u`. */
const LISTED = mapOf<Omit<Ticket, BodyField | 'id' | 'updatedAt'>>({
  number,
  externalId: optional(text()),
  title: text(),
  status: text(),
  priority: text(),
  type: text(),
  reporterId: text(),
  assignedToId: optional(text()),
  tags: list(),
  createdAt: text(),
  resolvedAt: optional(text()),
  closedAt: optional(text()),
  version: number,
});

/** The short forms of the body's fields that lists show. They are in `listed` too. */
const BRIEF = mapOf<
  { excerpt: string; cut: true | null } & { [Field in keyof TriageBrief]: TriageBrief[Field] | null }
>({
  excerpt: textOrEmpty,
  cut: { put: (value) => value ?? undefined, get: (stored) => (stored === true ? true : null) },
  sentiment: optional(text()),
  urgency: optional(text()),
});

/**
 * The header item: the fields for lists and filters, and the sequence for optimistic locking. A deleted ticket has no
 * index keys, so that no list finds it. `bodyAt` is the sequence of the last write of the body: a read between the
 * writes of a transaction can see with it that the header and the body do not belong together.
 */
export function headerItem(record: TicketRecord, bodyAt: number): Item {
  const { organizationId: org, ticket, deletedAt, sequence, derived } = record;
  const brief = ticket.triage === null ? { sentiment: null, urgency: null } : triageBrief(ticket.triage);
  const excerpt = firstCharacters(ticket.description, EXCERPT_CHARACTERS);
  const cut = excerpt.length < ticket.description.length ? true : null;
  return {
    pk: partitionOf('T', org, ticket.id),
    sk: HEADER,
    id: ticket.id,
    u: `${ticket.updatedAt}#${ticket.id}`,
    ...(deletedAt === null
      ? {
          o: org,
          s: `${org}#${ticket.status}`,
          p: `${org}#${ticket.priority}`,
          r: `${org}#${ticket.reporterId}`,
          ...(ticket.assignedToId === null ? {} : { a: `${org}#${ticket.assignedToId}` }),
        }
      : { deletedAt }),
    sequence,
    derived,
    bodyAt,
    listed: { ...LISTED.put(ticket), ...BRIEF.put({ ...brief, excerpt, cut }) },
  };
}

export function bodyItem({ organizationId, ticket }: TicketRecord, bodyAt: number): Item {
  return { pk: partitionOf('T', organizationId, ticket.id), sk: BODY, bodyAt, ...IN_BODY.put(ticket) };
}

export function ticketRecord(organizationId: string, header: Item, body: Item): TicketRecord {
  return {
    organizationId,
    ticket: { ...listedFields(header), ...IN_BODY.get(body) },
    derived: number.get(header.derived),
    sequence: number.get(header.sequence),
    deletedAt: optional(text()).get(header.deletedAt),
  };
}

export function ticketRow(item: RowItem): TicketRow {
  const { excerpt, cut, sentiment, urgency } = BRIEF.get(item.listed);
  return {
    ...listedFields(item),
    description: excerpt,
    descriptionTruncated: cut === true,
    triage: sentiment === null ? null : { sentiment, urgency },
  };
}

function listedFields({ u, listed }: RowItem): Omit<Ticket, BodyField> {
  const key = text().get(u);
  return {
    id: key.slice(INSTANT_CHARACTERS + 1),
    ...LISTED.get(listed),
    updatedAt: key.slice(0, INSTANT_CHARACTERS),
  };
}

const MESSAGE = mapOf<Omit<Message, 'ticketId'>>({
  id: text(),
  kind: text(),
  body: text(),
  authorId: text(),
  externalId: optional(text()),
  createdAt: text(),
  version: number,
});

export function messageItem(pk: string, sk: string, message: Message): Item {
  return { pk, sk, ...MESSAGE.put(message) };
}

export function messageOf(ticketId: string, item: Item): Message {
  const { id, ...fields } = MESSAGE.get(item);
  return { id, ticketId, ...fields };
}
