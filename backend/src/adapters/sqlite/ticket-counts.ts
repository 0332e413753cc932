import { Summary, type TicketCounts } from '@curlew/core/analytics';
import { TicketPriority, TicketStatus } from '@curlew/core/ticket';
import type { Database } from './database.ts';

export function sqliteTicketCounts(database: Database): TicketCounts {
  const { prepare } = database;
  const counted = prepare('SELECT * FROM counted_tickets WHERE organization_id = ? AND ticket_id = ?');
  const remember = prepare(
    `INSERT INTO counted_tickets (organization_id, ticket_id, sequence, status, priority, deleted)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (organization_id, ticket_id) DO UPDATE SET sequence = excluded.sequence,
       status = excluded.status, priority = excluded.priority, deleted = excluded.deleted`,
  );
  const add = prepare(
    `INSERT INTO ticket_counts (organization_id, status, priority, tickets) VALUES (?, ?, ?, ?)
     ON CONFLICT (organization_id, status, priority) DO UPDATE SET tickets = tickets + excluded.tickets`,
  );
  const byOrganization = prepare('SELECT * FROM ticket_counts WHERE organization_id = ?');

  return {
    apply(organizationId, ticketId, sequence, facts) {
      return database.write(() => {
        const before = counted.get(organizationId, ticketId);
        if (before !== undefined && (before.sequence as number) >= sequence) return;
        if (before !== undefined && before.deleted === 0) {
          add.run(organizationId, before.status as string, before.priority as string, -1);
        }
        if (!facts.deleted) add.run(organizationId, facts.status, facts.priority, 1);
        remember.run(organizationId, ticketId, sequence, facts.status, facts.priority, facts.deleted ? 1 : 0);
      });
    },

    async read(organizationId) {
      const rows = byOrganization.all(organizationId);
      const sum = (column: string, value: string) =>
        rows.reduce((total, row) => total + (row[column] === value ? (row.tickets as number) : 0), 0);
      return Summary.parse({
        tickets: {
          total: rows.reduce((total, row) => total + (row.tickets as number), 0),
          byStatus: Object.fromEntries(TicketStatus.options.map((status) => [status, sum('status', status)])),
          byPriority: Object.fromEntries(TicketPriority.options.map((one) => [one, sum('priority', one)])),
        },
      }) as Summary;
    },
  };
}
