import { summaryOf, type TicketCounts } from '@curlew/core/analytics';
import type { TicketFacts } from '@curlew/core/ticket';
import { columnsOf, flag, integer, selectSql, text, upsertSql } from './columns.ts';
import type { Database } from './database.ts';

export const COUNTED_TICKET = columnsOf<Pick<TicketFacts, 'status' | 'priority' | 'deleted'> & { sequence: number }>({
  sequence: integer('sequence'),
  status: text('status'),
  priority: text('priority'),
  deleted: flag('deleted'),
});

export const TICKET_COUNT = columnsOf<Pick<TicketFacts, 'status' | 'priority'> & { tickets: number }>({
  status: text('status'),
  priority: text('priority'),
  tickets: integer('tickets'),
});

export function sqliteTicketCounts(database: Database): TicketCounts {
  const { prepare, prepareSelect } = database;
  const key = ['organization_id', 'ticket_id'];
  const counted = prepareSelect(
    `${selectSql('counted_tickets', COUNTED_TICKET.select)} WHERE organization_id = ? AND ticket_id = ?`,
  );
  const remember = prepare(upsertSql('counted_tickets', [...key, ...COUNTED_TICKET.select], key));
  const add = prepare(
    `INSERT INTO ticket_counts (organization_id, status, priority, tickets) VALUES (?, ?, ?, ?)
     ON CONFLICT (organization_id, status, priority) DO UPDATE SET tickets = tickets + excluded.tickets`,
  );
  const byOrganization = prepareSelect(`${selectSql('ticket_counts', TICKET_COUNT.select)} WHERE organization_id = ?`);

  return {
    apply(organizationId, ticketId, sequence, { status, priority, deleted }) {
      return database.write(() => {
        const row = counted.get(organizationId, ticketId);
        const before = row === undefined ? undefined : COUNTED_TICKET.get(row, 0);
        if (before !== undefined && before.sequence >= sequence) return;
        if (before !== undefined && !before.deleted) add.run(organizationId, before.status, before.priority, -1);
        if (!deleted) add.run(organizationId, status, priority, 1);
        remember.run(organizationId, ticketId, ...COUNTED_TICKET.put({ sequence, status, priority, deleted }));
      });
    },

    async read(organizationId) {
      const counts = byOrganization.all(organizationId).map((row) => TICKET_COUNT.get(row, 0));
      const sum = (isCounted: (count: (typeof counts)[number]) => boolean) =>
        counts.filter(isCounted).reduce((total, { tickets }) => total + tickets, 0);
      return summaryOf({
        ofStatus: (status) => sum((count) => count.status === status),
        ofPriority: (priority) => sum((count) => count.priority === priority),
      });
    },
  };
}
