import type { AnyEvent, Outbox, RetrySchedule } from '@curlew/core/kernel';
import { addMessage, createTicket, patchTicket } from '@curlew/core/ticket';
import { afterEach, describe, expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import {
  createFirstOrganization,
  type Database,
  openDatabase,
  sqliteDeadLetters,
  sqliteDeliveries,
  sqliteOutbox,
  sqliteTicketStore,
} from '../../adapters/sqlite/index.ts';
import { type EventBus, eventBus, type Reaction } from './event-bus.ts';

const open: { database: Database; bus: EventBus[] }[] = [];

afterEach(async () => {
  for (const { database, bus } of open.splice(0)) {
    await Promise.all(bus.map((one) => one.stop()));
    await database.close();
  }
});

interface More {
  readonly timeoutMilliseconds?: number;
  readonly retries?: RetrySchedule;
  readonly outbox?: (real: Outbox) => Outbox;
  readonly pace?: Readonly<Record<string, { atOnce: number; timeoutMilliseconds: number }>>;
}

async function start(reaction: Reaction, { outbox = (real) => real, ...more }: More = {}) {
  const database = openDatabase(':memory:');
  const buses: EventBus[] = [];
  open.push({ database, bus: buses });
  await createFirstOrganization(database, { id: 'org_a', name: 'A', adminId: 'usr_admin' }, new Date().toISOString());
  const people = {
    reporter: async () => 'u',
    assignee: async (_: unknown, id: string) => id,
    author: async () => ({ id: 'u', role: 'agent' as const }),
    account: async (_: unknown, id: string) => ({ id }),
  };
  const deps = { ctx: contextOf(), tickets: sqliteTicketStore(database), people };
  const failures: { buried: boolean; error: unknown }[] = [];
  const newBus = (react: Reaction = reaction) => {
    const bus = eventBus({
      outbox: outbox(sqliteOutbox(database)),
      deliveries: sqliteDeliveries(database),
      subscriptions: [{ name: 'test', events: ['ticket.created', 'ticket.updated'] }],
      reactions: { test: react },
      now: deps.ctx.now,
      onFailure: (failure) => failures.push(failure),
      retries: { waits: Array(13).fill(0), jitter: 0 },
      ...more,
    });
    buses.push(bus);
    return bus;
  };
  const dead = sqliteDeadLetters(database);
  return { database, deps, failures, dead, newBus, bus: newBus() };
}

const named = (event: AnyEvent) => `${event.subject} ${event.sequence}`;

describe('eventBus', () => {
  it('delivers an event of an organization before the many waiting ones of another', async () => {
    const seen: string[] = [];
    const pace = { test: { atOnce: 2, timeoutMilliseconds: 1000 } };
    const reaction: Reaction = async ({ organizationId }) => {
      seen.push(organizationId);
      if (seen.length === 20) {
        await createFirstOrganization(database, { id: 'org_b', name: 'B', adminId: 'b' }, new Date().toISOString());
        await createTicket({ ...deps, ctx: contextOf('org_b') }, { title: 'B' });
        bus.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    };
    const { database, deps, bus } = await start(reaction, { pace });
    await Promise.all(Array.from({ length: 600 }, (_, i) => createTicket(deps, { title: `${i}` })));
    await bus.idle();
    expect(seen).toHaveLength(601);
    expect(seen.indexOf('org_b')).toBeLessThan(40);
  });

  it('delivers the events of a subscription in order per ticket, once if nothing fails', async () => {
    const seen: AnyEvent[] = [];
    const { deps, bus } = await start(async (event) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      seen.push(event);
    });
    const created = await Promise.all(Array.from({ length: 20 }, () => createTicket(deps, { title: 'T' })));
    for (const { ticket } of created) {
      await addMessage(deps, ticket.id, { body: 'not listened to' });
      await patchTicket(deps, ticket.id, { title: 'U' }, undefined);
    }
    await bus.idle();
    expect(seen).toHaveLength(40);
    for (const { ticket } of created) {
      const sequences = seen.filter(({ subject }) => subject === ticket.id).map(({ sequence }) => sequence);
      expect(sequences).toEqual([1, 3]);
    }
  });

  it('continues at the event where the last process stopped', async () => {
    const seen: string[] = [];
    const { deps, bus, newBus } = await start(async (event) => {
      seen.push(named(event));
    });
    const { ticket } = await createTicket(deps, { title: 'T' });
    await bus.idle();
    await bus.stop();
    await patchTicket(deps, ticket.id, { title: 'U' }, undefined);
    await newBus().idle();
    expect(seen).toEqual([`${ticket.id} 1`, `${ticket.id} 2`]);
  });

  it('limits the parallel deliveries of a subscription, including retries', async () => {
    const tickets = 20;
    let [now, most, tries] = [0, 0, 0];
    const { deps, bus, newBus } = await start(
      async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now--;
        if (++tries <= 3 * tickets) throw new Error('not yet');
      },
      { pace: { test: { atOnce: 3, timeoutMilliseconds: 1000 } } },
    );
    for (let i = 0; i < tickets; i++) await createTicket(deps, { title: 'T' });
    await bus.stop();
    await newBus().idle();
    expect([most, tries]).toEqual([3, 4 * tickets]);
  });

  it('can stop at any time: undelivered events do not become waiting deliveries, and are delivered after the next start', async () => {
    const seen: string[] = [];
    let stopping: Promise<void> | undefined;
    const { deps, bus, newBus, database } = await start(
      async (event) => {
        stopping ??= bus.stop();
        if (seen.length === 0) {
          seen.push('failed');
          throw new Error('what it needs has stopped');
        }
        seen.push(named(event));
      },
      { pace: { test: { atOnce: 1, timeoutMilliseconds: 1000 } } },
    );
    for (let i = 0; i < 5; i++) await createTicket(deps, { title: 'T' });
    await bus.idle();
    await stopping;
    expect(seen).toEqual(['failed']);
    expect(database.db.prepare('SELECT count(*) AS parked FROM deliveries').get()?.parked).toBe(0);
    await newBus().idle();
    expect(seen).toHaveLength(6);
  });

  it('retries a failed delivery before later ones of its ticket, without a delay for other tickets', async () => {
    const seen: string[] = [];
    let failing = 3;
    const { deps, bus } = await start(async (event) => {
      if (event.subject === bad && failing-- > 0) throw new Error('not yet');
      seen.push(named(event));
    });
    let bad = '';
    const [first, second] = [await createTicket(deps, { title: 'A' }), await createTicket(deps, { title: 'B' })];
    bad = first.ticket.id;
    await patchTicket(deps, bad, { title: 'C' }, undefined);
    await bus.idle();
    expect(seen).toEqual([`${second.ticket.id} 1`, `${bad} 1`, `${bad} 2`]);
  });

  it('makes a delivery that always fails a dead letter, continues with later events of the ticket, and replays it', async () => {
    const seen: string[] = [];
    let broken = true;
    const { deps, bus, dead, failures } = await start(async (event) => {
      if (broken && event.sequence === 1) throw new Error('broken');
      seen.push(named(event));
    });
    const { ticket } = await createTicket(deps, { title: 'T' });
    await patchTicket(deps, ticket.id, { title: 'U' }, undefined);
    await bus.idle();
    expect(dead.list(10)).toMatchObject([{ owner: 'test', attempts: 14, error: 'broken', event: { sequence: 1 } }]);
    expect(failures.map(({ buried }) => buried)).toEqual([...Array(13).fill(false), true]);
    expect(seen).toEqual([`${ticket.id} 2`]);

    broken = false;
    expect(await dead.replay(deps.ctx.now(), null)).toBe(1);
    await bus.idle();
    expect(seen).toEqual([`${ticket.id} 2`, `${ticket.id} 1`]);
    expect(dead.list(10)).toEqual([]);
  });

  it('treats a hanging reaction like a failing one', async () => {
    let hanging = true;
    const { deps, bus, failures } = await start(
      () => {
        const hang = hanging;
        hanging = false;
        return hang ? new Promise(() => {}) : Promise.resolve();
      },
      { timeoutMilliseconds: 20 },
    );
    await createTicket(deps, { title: 'T' });
    await bus.idle();
    expect(failures).toMatchObject([{ error: { message: 'No answer within 20 ms.' }, buried: false }]);
  });

  it('repeats a delivery that it could not record, and keeps the number of attempts', async () => {
    const seen: string[] = [];
    let refusals = 1;
    const { database, deps, bus } = await start(
      async (event) => {
        seen.push(named(event));
        if (event.subject === bad) throw new Error('broken');
      },
      {
        retries: { waits: [60_000], jitter: 0 },
        outbox: (real) => ({
          ...real,
          async pass(...place) {
            if (refusals-- > 0) throw new Error('The disk is full.');
            return real.pass(...place);
          },
        }),
      },
    );
    let bad = '';
    bad = (await createTicket(deps, { title: 'Bad' })).ticket.id;
    const { ticket: good } = await createTicket(deps, { title: 'Good' });
    await bus.idle();
    await bus.idle();
    expect(seen).toEqual([`${bad} 1`, `${good.id} 1`, `${good.id} 1`]);
    expect(database.db.prepare('SELECT attempts, error FROM deliveries').all()).toEqual([
      { attempts: 1, error: 'broken' },
    ]);
  });
});
