import type { TicketRecord } from '@curlew/core/ticket';
import { describe, expect, it } from 'vitest';
import { A_TICKET } from '../../../../core/test/a-ticket.ts';
import { service } from '../../services/tickets.ts';
import { bodyItem, headerItem, TICKET_ROW_ATTRIBUTES, ticketRecord, ticketRow } from './ticket-items.ts';
import { BY_CREATION, BY_UPDATE } from './ticket-list.ts';

const ticket = { ...A_TICKET, id: 'tkt_1', externalId: null, assignedToId: null, triage: null, description: '' };
const record: TicketRecord = { organizationId: 'org', ticket, derived: 2, sequence: 3, deletedAt: null };

describe('the items of a ticket', () => {
  it('are stored as earlier versions stored them', () => {
    const { number, title, status, priority, type, reporterId, tags, createdAt, updatedAt, version } = ticket;
    expect(headerItem(record, 3)).toEqual({
      pk: 'T#org#K#tkt_1',
      sk: 'A',
      id: 'tkt_1',
      u: `${updatedAt}#tkt_1`,
      o: 'org',
      s: `org#${status}`,
      p: `org#${priority}`,
      r: `org#${reporterId}`,
      sequence: 3,
      derived: 2,
      bodyAt: 3,
      listed: { number, title, status, priority, type, reporterId, tags, createdAt, version },
    });
    expect(bodyItem(record, 3)).toEqual({
      pk: 'T#org#K#tkt_1',
      sk: 'B',
      bodyAt: 3,
      customFields: JSON.stringify(ticket.customFields),
    });
  });

  it('are read back as the same ticket', () => {
    const full = { ...ticket, externalId: 'x', assignedToId: 'usr_2', description: 'word '.repeat(100) };
    for (const one of [record, { ...record, ticket: full, deletedAt: '2026-01-01T00:00:00.000Z' }]) {
      expect(ticketRecord('org', headerItem(one, 3), bodyItem(one, 3))).toEqual(one);
    }
  });

  it('have all attributes of a list row in every index', () => {
    const { customFields: _customFields, ...row } = { ...ticket, descriptionTruncated: false };
    const header = headerItem(record, 3);
    for (const { sort, partition, include } of service.table.indexes) {
      const projected = ['pk', 'sk', partition, sort, ...include];
      expect(ticketRow(Object.fromEntries(projected.map((name) => [name, header[name]])))).toEqual(row);
      expect(new Set(include)).toEqual(new Set(TICKET_ROW_ATTRIBUTES.filter((name) => name !== sort)));
    }
  });

  it('are listed through indexes that the table has', () => {
    const walked = [
      ...Object.values(BY_CREATION).map((index) => ({ ...index, sort: 'id' })),
      ...Object.values(BY_UPDATE).map((index) => ({ ...index, sort: 'u' })),
    ];
    const inTable = service.table.indexes.map(({ name, partition, sort }) => ({ name, partition, sort }));
    expect(new Set(inTable)).toEqual(new Set(walked));
  });
});
