import { isSameJson, StaleError } from '@curlew/core/kernel';
import {
  externalIdTaken,
  type HistoryEntry,
  historyEntryOf,
  type Message,
  messageExternalIdTaken,
  type TicketChange,
  type TicketRecord,
  type TicketStore,
} from '@curlew/core/ticket';
import { EVENT } from './change-columns.ts';
import { changeWriters } from './change-writers.ts';
import { insertSql, integer, json, nullable, type Reader, type Row, readerOf, selectSql } from './columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { MESSAGE, TICKET_RECORD } from './ticket-columns.ts';
import { listTickets } from './ticket-list.ts';
import { updateChanged } from './update-changed.ts';

// `position` is the position of the ticket's latest event.
const COLUMNS = [...TICKET_RECORD.select, 'position'];

export function sqliteTicketStore(database: Database): TicketStore {
  const { prepare, prepareSelect } = database;
  const find = (condition: string) =>
    prepareSelect(`${selectSql('tickets', TICKET_RECORD.select)} WHERE organization_id = ? AND ${condition}`);
  const byId = find('id = ?');
  const byNumber = find('number = ?');
  const byExternalId = find('external_id = ?');
  const rowNumber = integer('row');
  const storedById = prepareSelect(`${selectSql('tickets', [...COLUMNS, 'row'])} WHERE organization_id = ? AND id = ?`);
  const ownerOf = prepare('SELECT id FROM tickets WHERE organization_id = ? AND external_id = ?');
  const lastNumber = prepare('SELECT max(number) AS number FROM tickets WHERE organization_id = ?');
  const insert = prepare(insertSql('tickets', COLUMNS));
  const insertTag = prepare('INSERT INTO ticket_tags (organization_id, tag, ticket_row) VALUES (?, ?, ?)');
  const deleteTag = prepare('DELETE FROM ticket_tags WHERE organization_id = ? AND tag = ? AND ticket_row = ?');
  const addMessage = prepare(insertSql('messages', ['organization_id', ...MESSAGE.select]));
  const messageById = prepareSelect(`${selectSql('messages', MESSAGE.select)} WHERE organization_id = ? AND id = ?`);
  const messageByExternalId = prepare(
    'SELECT id FROM messages WHERE organization_id = ? AND ticket_id = ? AND external_id = ?',
  );
  const save = changeWriters(database);
  const numbers = new Map<string, number>();

  function write(change: TicketChange): void {
    const { record, before } = change;
    const stored = before === undefined ? undefined : requireUnchanged(before);
    checkExternalId(record);
    let position = 0;
    for (const { event, privateChanges } of change.events) position = save.event(event, privateChanges);
    if (position > 0) {
      if (before === undefined || stored === undefined) insertTicket(record, position);
      else updateTicket(record, position, before, stored);
    }
    if (change.message !== undefined) insertMessage(record.organizationId, change.message);
    save.receipt(change.receipt);
  }

  function requireUnchanged({ organizationId, ticket, sequence }: TicketRecord): Row {
    const stored = storedById.get(organizationId, ticket.id);
    if (stored === undefined || TICKET_RECORD.get(stored, 0).sequence !== sequence) throw new StaleError();
    return stored;
  }

  function checkExternalId({ organizationId, ticket }: TicketRecord): void {
    if (ticket.externalId === null) return;
    const owner = ownerOf.get(organizationId, ticket.externalId)?.id;
    if (owner !== undefined && owner !== ticket.id) throw externalIdTaken(String(owner));
  }

  function insertTicket(record: TicketRecord, position: number): void {
    const { organizationId, ticket } = record;
    const { lastInsertRowid } = insert.run(...TICKET_RECORD.put(record), position);
    for (const tag of ticket.tags) insertTag.run(organizationId, tag, lastInsertRowid);
  }

  function updateTicket(record: TicketRecord, position: number, before: TicketRecord, stored: Row): void {
    const { organizationId, ticket } = record;
    const row = rowNumber.get(stored, COLUMNS.length);
    const next = [...TICKET_RECORD.put(record), position];
    const where = 'row = ? AND organization_id = ?';
    updateChanged(database, { table: 'tickets', names: COLUMNS, stored, next }, where, [row, organizationId]);
    if (!isSameJson(ticket.tags, before.ticket.tags)) {
      for (const tag of before.ticket.tags) deleteTag.run(organizationId, tag, row);
      for (const tag of ticket.tags) insertTag.run(organizationId, tag, row);
    }
  }

  function insertMessage(organizationId: string, added: Message): void {
    if (added.externalId !== null) {
      const owner = messageByExternalId.get(organizationId, added.ticketId, added.externalId);
      if (owner !== undefined) throw messageExternalIdTaken(String(owner.id));
    }
    addMessage.run(organizationId, ...MESSAGE.put(added));
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
      return row === undefined ? undefined : TICKET_RECORD.get(row, 0);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(organizationId, query) {
      return listTickets(database, organizationId, query);
    },

    async findMessage(organizationId, ticketId, messageId) {
      const row = messageById.get(organizationId, messageId);
      const message = row === undefined ? undefined : MESSAGE.get(row, 0);
      return message?.ticketId === ticketId ? message : undefined;
    },

    async listMessages(organizationId, ticketId, page) {
      const query = {
        reader: MESSAGE,
        from: 'messages',
        where: `organization_id = ? AND ticket_id = ?${page.kind === undefined ? '' : ' AND kind = ?'}`,
        values: [organizationId, ticketId, ...(page.kind === undefined ? [] : [page.kind])],
      };
      return creationPage(database, query, page);
    },

    async listHistory(organizationId, ticketId, page) {
      const query = {
        reader: HISTORY_ENTRY,
        from: 'events',
        where: "organization_id = ? AND service = 'ticket' AND subject = ?",
        values: [organizationId, ticketId],
        rowName: 'sequence',
      };
      return creationPage(database, query, page);
    },
  };
}

const STORED_EVENT = readerOf({
  event: EVENT,
  data: json<{ readonly messageId?: string; readonly changes: readonly unknown[] }>('data'),
  privateChanges: nullable(json<readonly unknown[]>('private_changes')),
});

const HISTORY_ENTRY: Reader<HistoryEntry> = {
  select: STORED_EVENT.select,
  get(row, at) {
    const { event, data, privateChanges } = STORED_EVENT.get(row, at);
    return historyEntryOf({ ...event, data }, privateChanges ?? []);
  },
};
