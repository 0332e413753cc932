import { keyedMutex } from '@curlew/core/kernel';
import { firstAdmin } from '@curlew/core/user';
import { dynamoApiKeyStore } from '../../adapters/dynamodb/api-key-store.ts';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { foundOrganization, storedSecret } from '../../adapters/dynamodb/foundation.ts';
import { isAnswering } from '../../adapters/dynamodb/is-answering.ts';
import { dynamoOrganizationStore } from '../../adapters/dynamodb/organization-store.ts';
import { dynamoReceiptStore } from '../../adapters/dynamodb/receipt-store.ts';
import { dynamoRequestCounts } from '../../adapters/dynamodb/request-counts.ts';
import type { TableName } from '../../adapters/dynamodb/tables.ts';
import { dynamoTaskStore, dynamoTicketLookup } from '../../adapters/dynamodb/task-store.ts';
import { dynamoTicketCounts } from '../../adapters/dynamodb/ticket-counts.ts';
import { dynamoTicketStore } from '../../adapters/dynamodb/ticket-store.ts';
import { dynamoUserLookup, dynamoUserStore } from '../../adapters/dynamodb/user-store.ts';
import { analyticsRoutes } from '../../http/analytics.ts';
import { apiKeyProof } from '../../http/api-key-proof.ts';
import { type ApiKeyPorts, apiKeyRoutes } from '../../http/api-keys.ts';
import { type Bound, bind, createApp, type Platform } from '../../http/app.ts';
import { type AuditPorts, auditRoutes } from '../../http/audit.ts';
import type { Proof } from '../../http/authenticate.ts';
import { type OrganizationPorts, organizationRoutes } from '../../http/organizations.ts';
import { rateLimiter } from '../../http/rate-limit.ts';
import { type ServicePorts, serviceRoutes } from '../../http/service.ts';
import { taskRoutes } from '../../http/tasks.ts';
import { ticketRoutes } from '../../http/tickets.ts';
import { type UserPorts, userRoutes } from '../../http/users.ts';
import { orderClock } from '../clocks.ts';
import { DEFAULT_ORGANIZATION } from '../default-organization.ts';
import { idGenerator } from '../ids.ts';
import { keySecrets } from '../key-secrets.ts';
import { peopleOf } from '../people.ts';
import { admission } from './admission.ts';
import type { HttpConfig } from './config.ts';
import { cursorKeys } from './cursor-keys.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { pause } from './pause.ts';
import { poolProof } from './pool-proof.ts';

/** What a service is made of; each is a function, so that a package holds only those that it names. */
export type ServiceWiring = (db: Dynamo, config: HttpConfig, log: Platform['log']) => Promise<Bound>;

export const ticketService: ServiceWiring = async (db, config) => {
  const users = dynamoUserStore(db, await foundedUsers(db, config));
  return bind(ticketRoutes, { tickets: dynamoTicketStore(db), people: peopleOf(users), audit: dynamoAuditLog(db) });
};

export const taskService: ServiceWiring = async (db) =>
  bind(taskRoutes, { tasks: dynamoTaskStore(db), tickets: dynamoTicketLookup(db) });

export const userService: ServiceWiring = async (db, config) => {
  const addressKey = await foundedUsers(db, config);
  const ports: UserPorts & ApiKeyPorts & OrganizationPorts & AuditPorts = {
    users: dynamoUserStore(db, addressKey),
    keys: dynamoApiKeyStore(db),
    secrets: keySecrets,
    organizations: dynamoOrganizationStore(db, addressKey),
    audit: dynamoAuditLog(db),
    firstAdmin,
  };
  return bind<typeof ports>([...userRoutes, ...apiKeyRoutes, ...organizationRoutes, ...auditRoutes], ports);
};

export const analyticsService: ServiceWiring = async (db) => bind(analyticsRoutes, { counts: dynamoTicketCounts(db) });

export const service =
  (documentation: ServicePorts['documentation']): ServiceWiring =>
  async (db) =>
    bind(serviceRoutes, { documentation, ready: () => isAnswering(db) });

/**
 * The API of some services on DynamoDB. What their first answer needs is read at once; `lists` names the table whose
 * key signs cursors, for those that have lists.
 */
export async function wire(
  services: readonly ServiceWiring[],
  { db, config, lists, log }: { db: Dynamo; config: HttpConfig; lists?: TableName; log: Platform['log'] },
) {
  const [keys, ...bound] = await Promise.all([
    cursorKeys(db, config, lists, log),
    ...services.map((wiring) => wiring(db, config, log)),
  ]);
  const clock = orderClock();
  const newId = idGenerator(clock);
  const platform: Platform = {
    ...admission(config.auth, proofsOf(db, config, newId)),
    basePath: config.basePath,
    addressOf,
    ...(config.limits === undefined
      ? {}
      : { limiter: rateLimiter(dynamoRequestCounts(db), config.limits, () => Date.now()) }),
    now: clock.iso,
    newId,
    // A function has one request at a time; other processes are held off by the store's conditions alone.
    runExclusive: keyedMutex(),
    pause,
    receipts: dynamoReceiptStore(db),
    cursorKeys: keys,
    log,
  };
  return createApp(platform, bound);
}

/** The key of users' addresses; in open mode the organization that everyone works in is there from then on. */
async function foundedUsers(db: Dynamo, { auth }: HttpConfig): Promise<Uint8Array> {
  const [addressKey] = await Promise.all([
    storedSecret(db, 'users'),
    auth === 'open' ? foundOrganization(db, DEFAULT_ORGANIZATION, orderClock().iso()) : undefined,
  ]);
  return addressKey;
}

/** How callers prove who they are. Where nobody is asked, the users are not there to be looked up. */
function proofsOf(db: Dynamo, { pool }: HttpConfig, newId: Platform['newId']): Proof[] {
  if (db.tables.users === undefined) return [];
  const keys = dynamoApiKeyStore(db);
  const users = dynamoUserLookup(db);
  return [
    apiKeyProof({
      keys,
      users,
      secrets: keySecrets,
      audit: dynamoAuditLog(db),
      newId,
      now: Date.now,
    }),
    ...(pool === undefined ? [] : [poolProof(pool, users)]),
  ];
}

/** As API Gateway saw it; what a caller writes into headers is not asked. */
function addressOf(environment: unknown): string {
  const { event } = environment as { event?: GatewayEvent };
  if (event === undefined) return '';
  return 'http' in event.requestContext ? event.requestContext.http.sourceIp : event.requestContext.identity.sourceIp;
}
