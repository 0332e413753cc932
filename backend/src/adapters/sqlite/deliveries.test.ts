import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTicket } from '@curlew/core/ticket';
import { afterEach, describe, expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import { deliveriesContract } from '../../../test/deliveries.contract.ts';
import {
  createFirstOrganization,
  type Database,
  openDatabase,
  sqliteDeadLetters,
  sqliteDeliveries,
  sqliteOutbox,
  sqliteTicketStore,
} from './index.ts';

const opened: Database[] = [];

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

async function start() {
  const database = openDatabase(':memory:');
  opened.push(database);
  await createFirstOrganization(database, { id: 'org_a', name: 'A', adminId: 'usr_admin' }, new Date().toISOString());
  const people = {
    reporter: async () => 'u',
    assignee: async (_: unknown, id: string) => id,
    author: async () => ({ id: 'u', role: 'agent' as const }),
    account: async (_: unknown, id: string) => ({ id }),
  };
  const deps = { ctx: contextOf(), tickets: sqliteTicketStore(database), people };
  async function events(count: number) {
    for (let i = 0; i < count; i++) await createTicket(deps, { title: 'T' });
    return sqliteOutbox(database).next('a subscription that is new', 100);
  }
  return { database, deliveries: sqliteDeliveries(database), events };
}

describe('sqliteDeliveries', () => {
  deliveriesContract(start);

  it('replays a dead letter like a new delivery', async () => {
    const { database, deliveries, events } = await start();
    const [placed] = await events(1);
    if (placed === undefined) throw new Error('There is no event.');
    const delivery = { ...placed, owner: 'o', orderingKey: 'k', attempts: 14, error: 'e', since: placed.event.time };
    await deliveries.bury(delivery);
    const dead = sqliteDeadLetters(database);
    expect(dead.list(10)).toEqual([delivery]);
    const now = '2036-01-01T00:00:00.000Z';
    expect(await dead.replay(now, placed.position)).toBe(1);
    expect(dead.list(10)).toEqual([]);
    expect(await deliveries.due('o', now, 10)).toEqual([{ ...delivery, attempts: 0, since: now }]);
  });

  it('reads the deliveries of an earlier version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'curlew-'));
    const file = join(folder, 'curlew.db');
    const migrations = new URL('../../../migrations/', import.meta.url);
    const earlier = new DatabaseSync(file);
    for (const name of readdirSync(migrations).toSorted().slice(0, 6)) {
      earlier.exec(readFileSync(new URL(name, migrations), 'utf8'));
    }
    earlier.exec(`PRAGMA application_id = ${0x43726c77}; PRAGMA user_version = 6;
      INSERT INTO events VALUES (1, 'evt_1', 'org_a', 'ticket', 'tkt_1', 1, 'ticket.created',
        '2026-03-01T00:00:00.000Z', 'u', '{}', NULL), (2, 'evt_2', 'org_a', 'ticket', 'tkt_1', 2, 'ticket.updated',
        '2026-03-01T00:00:01.000Z', 'u', '{}', NULL);
      INSERT INTO deliveries (subscription, position, subject_key, attempts, error, retry_at) VALUES
        ('triage', 1, 'org_a ticket tkt_1', 14, 'broken', NULL),
        ('triage', 2, 'org_a ticket tkt_1', 3, 'not yet', '2026-03-01T00:05:00.000Z');`);
    earlier.close();

    const database = openDatabase(file);
    const common = { owner: 'triage', orderingKey: 'org_a ticket tkt_1' };
    expect(sqliteDeadLetters(database).list(10)).toMatchObject([
      { ...common, position: 1, attempts: 14, error: 'broken', since: '2026-03-01T00:00:00.000Z' },
    ]);
    const due = await sqliteDeliveries(database).due('triage', '2026-03-01T00:05:00.000Z', 10);
    expect(due).toMatchObject([{ ...common, position: 2, attempts: 3, error: 'not yet', event: { id: 'evt_2' } }]);
    await database.close();
    rmSync(folder, { recursive: true });
  });
});
