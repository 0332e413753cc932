import { join } from 'node:path';
import type { Context } from '@curlew/core/kernel';
import { addMessage, createTicket } from '@curlew/core/ticket';
import { createUser } from '@curlew/core/user';
import {
  openDatabase,
  sqliteApiKeyStore,
  sqliteTicketStore,
  sqliteUserStore,
} from '../backend/src/adapters/sqlite/index.ts';
import { adminKey } from '../backend/src/hosts/admin-key.ts';
import { orderClock } from '../backend/src/hosts/clocks.ts';
import { DEFAULT_ORGANIZATION } from '../backend/src/hosts/default-organization.ts';
import { idGenerator } from '../backend/src/hosts/ids.ts';
import { wire } from '../backend/src/hosts/local/wire.ts';
import { peoplePort } from '../backend/src/hosts/people.ts';
import type { Known } from './operations.ts';
import { any, customer, customersOf, reply, storedTicket } from './samples.ts';

// The number of writes that the store commits together.
const TOGETHER = 256;
const KNOWN = 20_000;
const MINUTE_MILLISECONDS = 60_000;

/** Fills a new database with tickets, through Curlew's own operations, stores and subscriptions. */
export async function fill(folder: string, count: number): Promise<Known> {
  const database = openDatabase(join(folder, 'curlew.db'));
  // This database need not survive a crash, so it can be written without syncs.
  database.db.exec('PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY');
  const curlew = await wire(database, {
    auth: 'open',
    limits: undefined,
    triage: { automatic: false, folder: join(folder, 'learned') },
    log: ({ error }) => error && console.error(error),
  });
  const users = sqliteUserStore(database);
  const tickets = sqliteTicketStore(database);

  const { id: organizationId, adminId: userId } = DEFAULT_ORGANIZATION;
  let clock = Date.now() - count * MINUTE_MILLISECONDS;
  const ctx: Context = {
    actor: { organizationId, userId, role: 'admin' },
    requestId: 'bench',
    now: () => new Date(clock).toISOString(),
    wallNow: () => new Date(clock).toISOString(),
    newId: idGenerator(orderClock()),
    runExclusive: (_, work) => work(),
    pause: async () => {},
  };
  const deps = { ctx, tickets, people: peoplePort(users) };

  const customers = customersOf(count);
  await inWaves(customers, (i) => createUser({ ctx, users }, customer(i)));
  const stores = { keys: sqliteApiKeyStore(database), users };
  const key = await adminKey(stores, { organizationId, userId, name: 'Benchmark' });
  const known = { tickets: count, ids: [] as string[], openIds: [] as string[], key };
  await inWaves(count, async () => {
    clock += MINUTE_MILLISECONDS;
    const { ticket } = await createTicket(deps, storedTicket(customers));
    if (Math.random() > KNOWN / count) return;
    known.ids.push(ticket.id);
    if (ticket.status !== 'CLOSED') known.openIds.push(ticket.id);
  });
  clock = Date.now();
  // Without these updates, tickets would have the same order by last update as by creation.
  await inWaves(known.openIds.length / 4, () => addMessage(deps, any(known.openIds), reply()));

  await curlew.bus.idle();
  await curlew.stop();
  return known;
}

async function inWaves(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += TOGETHER) {
    const wave = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, i) => work(from + i));
    await Promise.all(wave);
  }
}
