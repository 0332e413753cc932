import { randomBytes } from 'node:crypto';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { foundAdmin, storedSecret } from '../../adapters/dynamodb/foundation.ts';
import { isAnswering } from '../../adapters/dynamodb/is-answering.ts';
import { dynamoReceiptStore } from '../../adapters/dynamodb/receipt-store.ts';
import type { TableName } from '../../adapters/dynamodb/tables.ts';
import { dynamoTaskStore, dynamoTicketLookup } from '../../adapters/dynamodb/task-store.ts';
import { dynamoTicketCounts } from '../../adapters/dynamodb/ticket-counts.ts';
import { dynamoTicketStore } from '../../adapters/dynamodb/ticket-store.ts';
import { dynamoUserStore } from '../../adapters/dynamodb/user-store.ts';
import { analyticsRoutes } from '../../http/analytics.ts';
import { type Bound, bind, createApp, type Platform } from '../../http/app.ts';
import { cursors } from '../../http/cursor.ts';
import { type ServicePorts, serviceRoutes } from '../../http/service.ts';
import { taskRoutes } from '../../http/tasks.ts';
import { ticketRoutes } from '../../http/tickets.ts';
import { userRoutes } from '../../http/users.ts';
import { newId, steadyIsoNow } from '../ids.ts';
import { peopleOf } from '../people.ts';
import { turns } from '../turns.ts';
import { admission, DEFAULT_ORGANIZATION } from './admission.ts';
import type { HttpConfig } from './config.ts';
import type { GatewayEvent } from './gateway-event.ts';

/** What a service is made of; each is a function, so that a package holds only those that it names. */
export type ServiceWiring = (db: Dynamo, config: HttpConfig) => Promise<Bound>;

export const ticketService: ServiceWiring = async (db, config) => {
  const users = await usersOf(db, config);
  return bind(ticketRoutes, { tickets: dynamoTicketStore(db), people: peopleOf(users) });
};

export const taskService: ServiceWiring = async (db) =>
  bind(taskRoutes, { tasks: dynamoTaskStore(db), tickets: dynamoTicketLookup(db) });

export const userService: ServiceWiring = async (db, config) => bind(userRoutes, { users: await usersOf(db, config) });

export const analyticsService: ServiceWiring = async (db) => bind(analyticsRoutes, { counts: dynamoTicketCounts(db) });

export const service =
  (documentation: ServicePorts['documentation']): ServiceWiring =>
  async (db) =>
    bind(serviceRoutes, { documentation, ready: () => isAnswering(db) });

/**
 * The API of some services on DynamoDB. What their first answer needs is read at once: the secret of the table that
 * `lists` names signs cursors, for those that have lists.
 */
export async function wire(
  services: readonly ServiceWiring[],
  { db, config, lists, log }: { db: Dynamo; config: HttpConfig; lists?: TableName; log: Platform['log'] },
) {
  const [secret, ...bound] = await Promise.all([
    lists === undefined ? randomBytes(32) : storedSecret(db, lists),
    ...services.map((wiring) => wiring(db, config)),
  ]);
  const platform: Platform = {
    authenticate: admission(config.auth),
    basePath: config.basePath,
    addressOf,
    now: steadyIsoNow,
    newId,
    // A function has one request at a time; other processes are held off by the store's conditions alone.
    inTurn: turns(),
    pause: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(400, 10 * 2 ** attempt))),
    receipts: dynamoReceiptStore(db),
    cursors: cursors(secret),
    log,
  };
  return createApp(platform, bound);
}

async function usersOf(db: Dynamo, { auth }: HttpConfig) {
  const founding = { ...DEFAULT_ORGANIZATION, now: steadyIsoNow() };
  const [addressKey] = await Promise.all([
    storedSecret(db, 'users'),
    auth === 'open' ? foundAdmin(db, founding) : undefined,
  ]);
  return dynamoUserStore(db, addressKey);
}

/** As API Gateway saw it; what a caller writes into headers is not asked. */
function addressOf(environment: unknown): string {
  const { event } = environment as { event?: GatewayEvent };
  if (event === undefined) return '';
  return 'http' in event.requestContext ? event.requestContext.http.sourceIp : event.requestContext.identity.sourceIp;
}
