import { onTicketEvent } from '@curlew/core/analytics';
import { CurlewError } from '@curlew/core/kernel';
import { SUBSCRIPTIONS, type SubscriptionName } from '@curlew/core/subscriptions';
import type { TicketEvent } from '@curlew/core/ticket';
import type { Hono } from 'hono';
import {
  type Database,
  foundOrganization,
  latestInstant,
  sqliteOutbox,
  sqliteReceiptStore,
  sqliteTaskStore,
  sqliteTicketCounts,
  sqliteTicketStore,
  sqliteUserStore,
  storedSecret,
} from '../../adapters/sqlite/index.ts';
import { analyticsRoutes } from '../../http/analytics.ts';
import { bind, createApp, type Platform } from '../../http/app.ts';
import { cursors } from '../../http/cursor.ts';
import { countsInMemory, type RateLimits, rateLimiter } from '../../http/rate-limit.ts';
import { serviceRoutes } from '../../http/service.ts';
import { taskRoutes } from '../../http/tasks.ts';
import { ticketRoutes } from '../../http/tickets.ts';
import { userRoutes } from '../../http/users.ts';
import { newId, startClockAt, steadyIsoNow } from '../ids.ts';
import { peopleOf } from '../people.ts';
import { turns } from '../turns.ts';
import { documentation } from './documentation.ts';
import { type EventBus, eventBus, type Reaction } from './event-bus.ts';
import { DEFAULT_ORGANIZATION, openMode } from './open-mode.ts';

export interface Curlew {
  readonly app: Hono;
  readonly bus: EventBus;
  /** Stops deliveries and closes the database; requests must have ended. */
  stop(): Promise<void>;
}

interface Options {
  readonly limits: RateLimits | undefined;
  readonly log: Platform['log'];
}

const TIDY_MILLISECONDS = 10 * 60 * 1000;

/** Everything in one process, on one database. */
export async function wire(database: Database, { limits, log }: Options): Promise<Curlew> {
  const latest = latestInstant(database);
  if (latest !== undefined) startClockAt(Date.parse(latest));
  const now = steadyIsoNow;
  await foundOrganization(database, DEFAULT_ORGANIZATION, now());

  const tickets = sqliteTicketStore(database);
  const tasks = sqliteTaskStore(database);
  const users = sqliteUserStore(database);
  const counts = sqliteTicketCounts(database);
  const receipts = sqliteReceiptStore(database);

  const reactions: Record<SubscriptionName, Reaction> = {
    'ticket-counts': (event) => onTicketEvent({ counts }, event as TicketEvent),
  };
  const bus = eventBus({
    outbox: sqliteOutbox(database),
    subscriptions: SUBSCRIPTIONS,
    reactions,
    // When to try again is a matter of this machine's time, not of the order of commits.
    now: () => new Date().toISOString(),
    onFailure({ subscription, event, error, buried }) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const message = buried ? 'delivery given up; see npm run dead-letters' : 'delivery failed';
      log({ level: 'error', message, requestId: '', subscription, eventId: event?.id, error: text });
    },
  });
  database.onCommit(() => bus.wake());
  bus.wake();

  const tidy = setInterval(() => void removeExpired(), TIDY_MILLISECONDS).unref();
  async function removeExpired(): Promise<void> {
    try {
      while (await receipts.removeExpired(now()));
    } catch (error) {
      log({ level: 'error', message: 'expired receipts stay for now', requestId: '', error: String(error) });
    }
  }

  const platform: Platform = {
    authenticate: openMode,
    basePath: '',
    ...(limits === undefined ? {} : { limiter: rateLimiter(countsInMemory(), limits, () => Date.now()) }),
    addressOf,
    now,
    newId,
    inTurn: turns(),
    // The winner of a race has committed before the loser hears of it: there is nothing to wait for.
    pause: async () => {},
    receipts,
    cursors: cursors(await storedSecret(database, 'cursor_secret')),
    log,
  };
  const app = createApp(platform, [
    bind(ticketRoutes, { tickets, people: peopleOf(users) }),
    bind(taskRoutes, {
      tasks,
      tickets: {
        async exists(organizationId: string, ticketId: string) {
          const found = await tickets.find(organizationId, ticketId);
          return found !== undefined && found.deletedAt === null;
        },
      },
    }),
    bind(userRoutes, { users }),
    bind(analyticsRoutes, { counts }),
    bind(serviceRoutes, {
      documentation,
      async ready() {
        if (!database.healthy()) {
          throw new CurlewError('unavailable', 'The storage refused the last writes.');
        }
        database.prepare('SELECT count(*) FROM settings').get();
      },
    }),
  ]);

  return {
    app,
    bus,
    async stop() {
      clearInterval(tidy);
      await bus.stop();
      await database.close();
    },
  };
}

/** Whoever opened the connection. */
function addressOf(environment: unknown): string {
  const { incoming } = environment as { incoming?: { socket: { remoteAddress?: string } } };
  return incoming?.socket.remoteAddress ?? '';
}
