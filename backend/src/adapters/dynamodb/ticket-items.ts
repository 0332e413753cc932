import { firstCharacters } from '@curlew/core/kernel';
import { EXCERPT_CHARACTERS, type Message, type Ticket, type TicketRecord, type TicketRow } from '@curlew/core/ticket';
import { inBrief } from '@curlew/core/triage';
import type { Item } from './calls.ts';
import { BODY, HEADER, partitionOf } from './keys.ts';

/** How much of an update's sort key is its instant. */
export const INSTANT_CHARACTERS = '2026-01-01T00:00:00.000Z'.length;

/**
 * What lists show and filters ask for, and the lock. The keys of the indexes are left out while the ticket is deleted,
 * so that no list finds it. `bodyAt` is the sequence at which the body was last written: a read that falls between the
 * writes of a transaction sees by it that header and body do not belong together.
 */
export function headerItem(record: TicketRecord, bodyAt: number): Item {
  const { organizationId: org, ticket, deletedAt, sequence, derived } = record;
  const brief = ticket.triage === null ? null : inBrief(ticket.triage);
  const excerpt = firstCharacters(ticket.description, EXCERPT_CHARACTERS);
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
    listed: withoutNulls({
      number: ticket.number,
      externalId: ticket.externalId,
      title: ticket.title,
      excerpt: excerpt || null,
      cut: excerpt.length < ticket.description.length ? true : null,
      status: ticket.status,
      priority: ticket.priority,
      type: ticket.type,
      reporterId: ticket.reporterId,
      assignedToId: ticket.assignedToId,
      tags: ticket.tags,
      sentiment: brief?.sentiment ?? null,
      urgency: brief?.urgency ?? null,
      createdAt: ticket.createdAt,
      resolvedAt: ticket.resolvedAt,
      closedAt: ticket.closedAt,
      version: ticket.version,
    }),
  };
}

/** The long texts, apart from the header, so that most changes need not write them again. */
export function bodyItem({ organizationId, ticket }: TicketRecord, bodyAt: number): Item {
  return {
    pk: partitionOf('T', organizationId, ticket.id),
    sk: BODY,
    bodyAt,
    ...(ticket.description === '' ? {} : { description: ticket.description }),
    // As text: an attribute's number is not quite JSON's, and a member may have any name.
    customFields: JSON.stringify(ticket.customFields),
    ...(ticket.triage === null ? {} : { triage: JSON.stringify(ticket.triage) }),
  };
}

/** Tickets are not parsed again on the way out: see ADR 0010. */
export function ticketRecord(organizationId: string, header: Item, body: Item): TicketRecord {
  return {
    organizationId,
    ticket: {
      ...common(header),
      description: body.description ?? '',
      customFields: JSON.parse(body.customFields as string),
      triage: body.triage === undefined ? null : JSON.parse(body.triage as string),
    } as Ticket,
    derived: header.derived as number,
    sequence: header.sequence as number,
    deletedAt: (header.deletedAt as string | undefined) ?? null,
  };
}

export function ticketRow(item: Item): TicketRow {
  const { excerpt, cut, sentiment, urgency } = item.listed as Item;
  return {
    ...common(item),
    description: excerpt ?? '',
    descriptionTruncated: cut === true,
    triage: sentiment === undefined ? null : { sentiment, urgency },
  } as TicketRow;
}

function common(item: Item) {
  const listed = item.listed as Item;
  const u = item.u as string;
  return {
    id: u.slice(INSTANT_CHARACTERS + 1),
    number: listed.number,
    externalId: listed.externalId ?? null,
    title: listed.title,
    status: listed.status,
    priority: listed.priority,
    type: listed.type,
    reporterId: listed.reporterId,
    assignedToId: listed.assignedToId ?? null,
    tags: listed.tags,
    createdAt: listed.createdAt,
    updatedAt: u.slice(0, INSTANT_CHARACTERS),
    resolvedAt: listed.resolvedAt ?? null,
    closedAt: listed.closedAt ?? null,
    version: listed.version,
  };
}

export function messageItem(pk: string, sk: string, { ticketId: _, ...message }: Message): Item {
  return withoutNulls({ pk, sk, ...message });
}

export function messageOf(ticketId: string, item: Item): Message {
  return {
    id: item.id,
    ticketId,
    kind: item.kind,
    body: item.body,
    authorId: item.authorId,
    externalId: item.externalId ?? null,
    createdAt: item.createdAt,
    version: item.version,
  } as Message;
}

function withoutNulls(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
