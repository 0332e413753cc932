import { StaleError } from '@curlew/core/kernel';
import {
  externalIdTaken,
  HistoryEntry,
  type Message,
  messageExternalIdTaken,
  type TicketChange,
  type TicketRecord,
  type TicketStore,
} from '@curlew/core/ticket';
import { inBrief } from '@curlew/core/triage';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';
import { listTickets } from './ticket-list.ts';
import { message, ticketRecord } from './ticket-rows.ts';

const COLUMNS = [
  'external_id',
  'status',
  'priority',
  'type',
  'reporter_id',
  'assigned_to_id',
  'tags',
  'sentiment',
  'urgency',
  'updated_at',
  'resolved_at',
  'closed_at',
  'deleted_at',
  'version',
  'derived',
  'sequence',
  'position',
  'title',
  'description',
  'custom_fields',
  'triage',
];

type Row = Record<string, unknown>;

export function sqliteTicketStore(database: Database): TicketStore {
  const { prepare } = database;
  const byId = prepare('SELECT * FROM tickets WHERE organization_id = ? AND id = ?');
  const byNumber = prepare('SELECT * FROM tickets WHERE organization_id = ? AND number = ?');
  const byExternalId = prepare('SELECT * FROM tickets WHERE organization_id = ? AND external_id = ?');
  const lastNumber = prepare('SELECT max(number) AS number FROM tickets WHERE organization_id = ?');
  const insert = prepare(
    `INSERT INTO tickets (${COLUMNS.join(', ')}, organization_id, id, number, created_at)
     VALUES (${COLUMNS.map(() => '?').join(', ')}, ?, ?, ?, ?)`,
  );
  const insertTag = prepare('INSERT INTO ticket_tags (organization_id, tag, ticket_row) VALUES (?, ?, ?)');
  const deleteTag = prepare('DELETE FROM ticket_tags WHERE organization_id = ? AND tag = ? AND ticket_row = ?');
  const addMessage = prepare(
    `INSERT INTO messages (organization_id, ticket_id, id, external_id, kind, author_id, created_at, version, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const messageById = prepare('SELECT * FROM messages WHERE organization_id = ? AND id = ?');
  const messageByExternalId = prepare(
    'SELECT id FROM messages WHERE organization_id = ? AND ticket_id = ? AND external_id = ?',
  );
  const save = saving(database);
  const numbers = new Map<string, number>();

  function write(change: TicketChange): void {
    const { record, before } = change;
    const stored = before === undefined ? undefined : unchanged(before);
    checkExternalId(record);
    let position = 0;
    for (const { event, privateChanges } of change.events) position = save.event(event, privateChanges);
    if (position > 0) {
      if (stored === undefined) insertTicket(record, position);
      else updateTicket(record, position, stored);
    }
    if (change.message !== undefined) insertMessage(record.organizationId, change.message);
    save.receipt(change.receipt);
  }

  function unchanged({ organizationId, ticket, sequence }: TicketRecord): Row {
    const stored = byId.get(organizationId, ticket.id);
    if (stored?.sequence !== sequence) throw new StaleError();
    return stored;
  }

  function checkExternalId({ organizationId, ticket }: TicketRecord): void {
    if (ticket.externalId === null) return;
    const owner = byExternalId.get(organizationId, ticket.externalId)?.id;
    if (owner !== undefined && owner !== ticket.id) throw externalIdTaken(owner as string);
  }

  function insertTicket(record: TicketRecord, position: number): void {
    const { organizationId, ticket } = record;
    const values = columnValues(record, position);
    const { lastInsertRowid } = insert.run(...values, organizationId, ticket.id, ticket.number, ticket.createdAt);
    for (const tag of ticket.tags) insertTag.run(organizationId, tag, lastInsertRowid);
  }

  /** Sets only what differs: SQLite rewrites every index that has a column of the SET list, changed or not. */
  function updateTicket(record: TicketRecord, position: number, stored: Row): void {
    const { organizationId, ticket } = record;
    const row = stored.row as number;
    const values = columnValues(record, position);
    const changed = [...COLUMNS.keys()].filter((i) => values[i] !== stored[COLUMNS[i] ?? '']);
    const setting = changed.map((i) => `${COLUMNS[i]} = ?`).join(', ');
    prepare(`UPDATE tickets SET ${setting} WHERE row = ? AND organization_id = ?`).run(
      ...changed.map((i) => values[i] ?? null),
      row,
      organizationId,
    );
    if (JSON.stringify(ticket.tags) !== stored.tags) {
      for (const tag of JSON.parse(stored.tags as string)) deleteTag.run(organizationId, tag, row);
      for (const tag of ticket.tags) insertTag.run(organizationId, tag, row);
    }
  }

  function insertMessage(organizationId: string, added: Message): void {
    if (added.externalId !== null) {
      const owner = messageByExternalId.get(organizationId, added.ticketId, added.externalId);
      if (owner !== undefined) throw messageExternalIdTaken(owner.id as string);
    }
    const { ticketId, id, externalId, kind, authorId, createdAt, version, body } = added;
    addMessage.run(organizationId, ticketId, id, externalId, kind, authorId, createdAt, version, body);
  }

  return {
    async nextNumber(organizationId) {
      const last = numbers.get(organizationId) ?? Number(lastNumber.get(organizationId)?.number ?? 0);
      numbers.set(organizationId, last + 1);
      return last + 1;
    },

    async find(organizationId, ref) {
      const row =
        typeof ref === 'object'
          ? byExternalId.get(organizationId, ref.externalId)
          : (typeof ref === 'number' ? byNumber : byId).get(organizationId, ref);
      return row === undefined ? undefined : ticketRecord(row);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(organizationId, query) {
      return listTickets(database, organizationId, query);
    },

    async findMessage(organizationId, ticketId, messageId) {
      const row = messageById.get(organizationId, messageId);
      return row === undefined || row.ticket_id !== ticketId ? undefined : message(row);
    },

    async listMessages(organizationId, ticketId, page) {
      const query = {
        select: 'SELECT * FROM messages',
        where: `organization_id = ? AND ticket_id = ?${page.kind === undefined ? '' : ' AND kind = ?'}`,
        values: [organizationId, ticketId, ...(page.kind === undefined ? [] : [page.kind])],
      };
      return creationPage(database, query, page, message);
    },

    async listHistory(organizationId, ticketId, page) {
      const query = {
        select: 'SELECT * FROM events',
        where: "organization_id = ? AND service = 'ticket' AND subject = ?",
        values: [organizationId, ticketId],
        rowName: 'sequence',
      };
      return creationPage(database, query, page, historyEntry);
    },
  };
}

function columnValues({ ticket, derived, sequence, deletedAt }: TicketRecord, position: number) {
  const brief = ticket.triage === null ? null : inBrief(ticket.triage);
  return [
    ticket.externalId,
    ticket.status,
    ticket.priority,
    ticket.type,
    ticket.reporterId,
    ticket.assignedToId,
    JSON.stringify(ticket.tags),
    brief?.sentiment ?? null,
    brief?.urgency ?? null,
    ticket.updatedAt,
    ticket.resolvedAt,
    ticket.closedAt,
    deletedAt,
    ticket.version,
    derived,
    sequence,
    position,
    ticket.title,
    ticket.description,
    JSON.stringify(ticket.customFields),
    ticket.triage === null ? null : JSON.stringify(ticket.triage),
  ];
}

function historyEntry(row: Record<string, unknown>): HistoryEntry {
  const data = JSON.parse(row.data as string);
  const written = row.private_changes === null ? [] : JSON.parse(row.private_changes as string);
  return HistoryEntry.parse({
    id: row.id,
    sequence: row.sequence,
    type: row.type,
    time: row.time,
    actorId: row.actor_id,
    messageId: data.messageId ?? null,
    changes: [...data.changes, ...written],
  });
}
