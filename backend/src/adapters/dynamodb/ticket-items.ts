import { firstCharacters } from '@curlew/core/kernel';
import { EXCERPT_CHARACTERS, type Message, type Ticket, type TicketRecord, type TicketRow } from '@curlew/core/ticket';
import { type TriageBrief, triageBrief } from '@curlew/core/triage';
import { json, list, mapOf, number, optional, text, textOrEmpty } from './attributes.ts';
import type { Item } from './calls.ts';
import { BODY, HEADER, partitionOf } from './keys.ts';

/** How much of an update's sort key is its instant. */
export const INSTANT_CHARACTERS = '2026-01-01T00:00:00.000Z'.length;

/** The attributes that a row of a list is read from: every index has them, as keys or projected. */
export const TICKET_ROW_ATTRIBUTES = ['u', 'listed'] as const;
type RowItem = { readonly [Name in (typeof TICKET_ROW_ATTRIBUTES)[number]]?: unknown };

type BodyField = 'description' | 'customFields' | 'triage';

/** The long texts, apart from the header, so that most changes need not write them again. */
const IN_BODY = mapOf<Pick<Ticket, BodyField>>({
  description: textOrEmpty,
  customFields: json(),
  triage: optional(json()),
});

/** The attribute `listed` of the header; id and updatedAt are in `u`. */
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

/** In `listed` too: the fields of the body as lists show them. */
const BRIEF = mapOf<
  { excerpt: string; cut: true | null } & { [Field in keyof TriageBrief]: TriageBrief[Field] | null }
>({
  excerpt: textOrEmpty,
  cut: { put: (value) => value ?? undefined, get: (stored) => (stored === true ? true : null) },
  sentiment: optional(text()),
  urgency: optional(text()),
});

/**
 * What lists show and filters ask for, and the lock. The keys of the indexes are left out while the ticket is deleted,
 * so that no list finds it. `bodyAt` is the sequence at which the body was last written: a read that falls between the
 * writes of a transaction sees by it that header and body do not belong together.
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
    triage: sentiment === null || urgency === null ? null : { sentiment, urgency },
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
