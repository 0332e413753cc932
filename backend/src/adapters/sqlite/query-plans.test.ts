import { createTicket, type TicketFilters, type TicketStore } from '@curlew/core/ticket';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import {
  createFirstOrganization,
  type Database,
  openDatabase,
  sqliteApiKeyStore,
  sqliteDeliveries,
  sqliteOrganizationStore,
  sqliteOutbox,
  sqliteReceiptStore,
  sqliteSessionStore,
  sqliteTaskStore,
  sqliteTicketCounts,
  sqliteTicketStore,
  sqliteTimerStore,
  sqliteUserStore,
} from './index.ts';

/** A database that records the text of every prepared statement. */
function recordingDatabase(): { database: Database; texts: Set<string> } {
  const database = openDatabase(':memory:');
  const texts = new Set<string>();
  return {
    texts,
    database: {
      ...database,
      prepare(sql) {
        texts.add(sql);
        return database.prepare(sql);
      },
      prepareSelect(sql) {
        texts.add(sql);
        return database.prepareSelect(sql);
      },
    },
  };
}

function plan({ db }: Database, sql: string): string[] {
  return db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row.detail));
}

const filters: TicketFilters = {
  status: ['OPEN', 'NEW'],
  priority: ['LOW'],
  type: ['QUESTION'],
  reporterId: ['a'],
  assignedToId: ['b'],
  tag: ['x', 'y'],
  sentiment: ['NEGATIVE'],
  updatedSince: '2026-01-01T00:00:00.000Z',
};

/** Lists with every combination of filters, with and without a cursor, in every order. */
async function listAll(tickets: TicketStore): Promise<void> {
  const names = Object.keys(filters) as (keyof TicketFilters)[];
  for (let choice = 0; choice < 2 ** names.length; choice++) {
    const chosen = Object.fromEntries(names.filter((_, i) => choice & (2 ** i)).map((name) => [name, filters[name]]));
    for (const sort of ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'] as const) {
      const after = sort.endsWith('updatedAt') ? ['2026-01-01T00:00:00.000Z', 7] : [7];
      await tickets.list('default', { limit: 10, sort, filters: chosen });
      await tickets.list('default', { limit: 10, sort, filters: chosen, after });
    }
  }
}

describe('query plans', () => {
  it('never scan a growing table, and never sort if an index has the order', async () => {
    const { database, texts } = recordingDatabase();
    await createFirstOrganization(database, { id: 'default', name: 'D', adminId: 'u' }, '2026-01-01T00:00:00.000Z');
    const tickets = sqliteTicketStore(database);
    const tasks = sqliteTaskStore(database);
    const users = sqliteUserStore(database);
    const keys = sqliteApiKeyStore(database);
    const organizations = sqliteOrganizationStore(database);
    const outbox = sqliteOutbox(database);
    sqliteDeliveries(database);
    sqliteTimerStore(database);
    sqliteReceiptStore(database);
    sqliteSessionStore(database);
    sqliteTicketCounts(database);
    const people = {
      reporter: async () => 'u',
      assignee: async (_: unknown, id: string) => id,
      author: async () => ({ id: 'u', role: 'agent' as const }),
      account: async (_: unknown, id: string) => ({ id }),
    };
    await createTicket({ ctx: contextOf('default'), tickets, people }, { title: 'T', tags: ['x'] });
    await listAll(tickets);
    for (const sort of ['-createdAt', 'createdAt'] as const) {
      for (const after of [{}, { after: [7] }]) {
        const page = { limit: 10, sort, ...after };
        await tickets.listMessages('default', 't', page);
        await tickets.listHistory('default', 't', page);
        for (const filter of [{}, { email: 'a@example.com' }, { role: 'agent' as const }]) {
          await users.list('default', { ...page, ...filter });
        }
        for (const filter of [{}, { userId: 'u' }]) await keys.list('default', { ...page, ...filter });
        await organizations.list(page);
        for (const filter of [{}, { ticketId: 't' }, { done: true }, { ticketId: 't', done: false }]) {
          await tasks.list('default', { ...page, ...filter });
        }
      }
    }
    await outbox.next('s', 10);

    expect(texts.size).toBeGreaterThan(500);
    const offences: string[] = [];
    for (const sql of texts) {
      if (/^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/.test(sql)) continue;
      for (const step of plan(database, sql)) {
        // Scans of filter values and of a limited number of merged index entries are always small.
        const scan = /^SCAN /.test(step) && !/json_each|CONSTANT ROW|SCAN [fk]\b/.test(step);
        const sort = /TEMP B-TREE FOR .*ORDER/.test(step);
        if (scan || sort) offences.push(`${step}\n  ${sql}`);
      }
    }
    expect(offences).toEqual([]);
    await database.close();
  });

  it('are reported if they scan', () => {
    const { database } = recordingDatabase();
    expect(plan(database, 'SELECT * FROM tickets WHERE title = ?')).toContainEqual(expect.stringMatching(/^SCAN /));
  });
});
