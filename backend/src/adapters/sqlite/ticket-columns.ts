import { EXCERPT_CHARACTERS, type Message, type Ticket, type TicketRecord, type TicketRow } from '@curlew/core/ticket';
import { type Triage, type TriageBrief, triageBrief } from '@curlew/core/triage';
import { type Column, type Columns, columnsOf, flag, integer, json, nullable, readerOf, text } from './columns.ts';

// Stored tickets are not validated when they are read (ADR 0010): the validation took a fifth of the time of a read and
// a quarter of the time of a list.

const BRIEF = columnsOf<TriageBrief>({ sentiment: text('sentiment'), urgency: nullable(text('urgency')) });

/** A ticket's own fields. INSERT, UPDATE, every SELECT and the readers of their rows are generated from them. */
const TICKET = {
  id: text('id'),
  number: integer('number'),
  externalId: nullable(text('external_id')),
  title: text('title'),
  status: text('status'),
  priority: text('priority'),
  type: text('type'),
  reporterId: text('reporter_id'),
  assignedToId: nullable(text('assigned_to_id')),
  tags: json('tags'),
  createdAt: text('created_at'),
  updatedAt: text('updated_at'),
  resolvedAt: nullable(text('resolved_at')),
  closedAt: nullable(text('closed_at')),
  version: integer('version'),
  description: text('description'),
  customFields: json('custom_fields'),
  triage: triageColumns(),
} satisfies Columns<Ticket>;

export const TICKET_RECORD = columnsOf<TicketRecord>({
  organizationId: text('organization_id'),
  ticket: columnsOf<Ticket>(TICKET),
  derived: integer('derived'),
  sequence: integer('sequence'),
  deletedAt: nullable(text('deleted_at')),
});

export const TICKET_ROW = (() => {
  const { customFields: _customFields, triage: _triage, ...listed } = TICKET;
  return readerOf<TicketRow>({
    ...listed,
    description: { ...text('description'), select: [`substr(description, 1, ${EXCERPT_CHARACTERS}) AS description`] },
    descriptionTruncated: { ...flag('cut'), select: [`length(description) > ${EXCERPT_CHARACTERS} AS cut`] },
    triage: nullable(BRIEF),
  });
})();

export const MESSAGE = columnsOf<Message>({
  id: text('id'),
  ticketId: text('ticket_id'),
  kind: text('kind'),
  body: text('body'),
  authorId: text('author_id'),
  externalId: nullable(text('external_id')),
  createdAt: text('created_at'),
  version: integer('version'),
});

/** The triage as JSON, and the fields for lists and filters in columns of their own. */
function triageColumns(): Column<Triage | null> {
  const whole = nullable(json<Triage>('triage'));
  const brief = nullable(BRIEF);
  return {
    select: [...whole.select, ...brief.select],
    types: [...whole.types, ...brief.types],
    put: (triage) => [...whole.put(triage), ...brief.put(triage === null ? null : triageBrief(triage))],
    get: whole.get,
  };
}
