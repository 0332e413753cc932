import { CLASSIFIER_ACTIONS, COMPREHEND_ACTIONS } from '../../adapters/comprehend/actions.ts';
import { type AnyRoute, isList, isPublic } from '../../http/contract.ts';
import { MODULES, SERVICES, type ServiceName, SUBSCRIPTIONS, type SubscriptionName } from '../../services/index.ts';
import type { FunctionSettings, ItemAction, TableUse } from '../../services/service-types.ts';
import { TABLES, type TableName } from '../../services/tables.ts';
import { requireDeployable } from './require-deployable.ts';

/** The permissions of a function on a table: exactly the calls that its adapters make. */
export interface TableAccess {
  /** Actions on the items, without the prefix `dynamodb:`. */
  readonly items: readonly ItemAction[];
  /** The indexes that the function queries. */
  readonly indexes?: readonly string[];
}

type Tables = Readonly<Partial<Record<TableName, TableAccess>>>;

/** The permissions of a function that analyses texts. */
export interface TextReadingRights {
  /** Actions on Comprehend, if the deployment uses it. IAM cannot limit them to a resource. */
  readonly comprehend: readonly string[];
  /** Actions on the Comprehend classifier, if the deployment has one. */
  readonly classifier: readonly string[];
  /** Actions on the objects in the bucket with learned triage data. */
  readonly files: readonly string[];
}

/** The design of a function on AWS: its trigger, its permissions and its limits. */
export type FunctionDesign = {
  readonly name: string;
  readonly description: string;
  readonly tables: Tables;
  /** Actions on the accounts of the user pool, without the prefix `cognito-idp:`. Absent if the function needs none. */
  readonly pool?: readonly `Admin${string}`[];
  /** Present if the function signs the cursors of lists. It then reads the signing keys if a secret holds them. */
  readonly cursors?: true;
  /** Absent for a function that analyses no texts. */
  readonly reading?: TextReadingRights;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
} & (
  | { readonly trigger: 'http'; readonly services: readonly ServiceName[] }
  /** The streams of these tables call the function, and it puts their events on the bus. */
  | { readonly trigger: 'streams'; readonly streams: readonly TableName[] }
  /** The user pool calls the function before it issues tokens. */
  | { readonly trigger: 'pre-token' }
  /** The EventBridge rule of the subscription calls the function with one event at a time. */
  | { readonly trigger: 'subscription'; readonly subscription: SubscriptionName }
);

type Uses = Readonly<Record<string, TableUse>>;

/** The services with an HTTP function of their own. */
export const HTTP_SERVICES = SERVICES.filter(({ routes, only }) => routes.length > 0 && only === undefined);

/** Every function. `all` replaces the other HTTP functions if the deployment uses one function for every route. */
export const FUNCTIONS: readonly FunctionDesign[] = [
  http('all', HTTP_SERVICES, 'All HTTP routes in one function'),
  ...HTTP_SERVICES.map((service) => http(service.name, [service], service.description)),
  {
    name: 'relay',
    description: 'Relays events from the table streams to the event bus',
    trigger: 'streams',
    streams: Object.values(TABLES).flatMap(({ name, stream }) => (stream ? [name as TableName] : [])),
    tables: {},
    memoryMegabytes: 256,
    timeoutSeconds: 30,
  },
  {
    name: 'pre-token',
    description: 'Adds the organization and the user to access tokens',
    trigger: 'pre-token',
    tables: { users: { items: ['GetItem'] } },
    memoryMegabytes: 512,
    // Cognito waits five seconds for the function, then calls it again.
    timeoutSeconds: 5,
  },
  ...SUBSCRIPTIONS.map(
    ({ name, pool, ...settings }): FunctionDesign => ({
      name,
      description: settings.description,
      trigger: 'subscription',
      subscription: name,
      tables: tablesOf([settings.mayUse ?? {}]),
      ...(pool === undefined ? {} : { pool }),
      ...readingOf([settings]),
      memoryMegabytes: settings.memoryMegabytes ?? 256,
      timeoutSeconds: settings.timeoutSeconds ?? 30,
    }),
  ),
];

requireDeployable(MODULES, FUNCTIONS);

function http(name: string, services: readonly (typeof SERVICES)[number][], description: string): FunctionDesign {
  const routes = services.flatMap((service) => service.routes.flat());
  return {
    name,
    description,
    trigger: 'http',
    services: services.map((service) => service.name),
    tables: tablesOf(services.flatMap((service) => [service.mayUse ?? {}, requestUses(service.routes.flat())])),
    ...(routes.some(isList) ? { cursors: true } : {}),
    ...readingOf(services),
    // Lambda gives more CPU with more memory: a cold start with 512 MB takes about a third of its time with 128 MB.
    memoryMegabytes: Math.max(...services.map(({ memoryMegabytes = 512 }) => memoryMegabytes)),
    // API Gateway waits at most 30 s for a response, so a function that takes longer would run for nothing.
    timeoutSeconds: Math.max(...services.map(({ timeoutSeconds = 15 }) => timeoutSeconds)),
  };
}

/** The table permissions that every service with non-public routes needs in addition to its own. */
function requestUses(routes: readonly AnyRoute[]): Uses {
  if (routes.every(isPublic)) return {};
  const isRepeatable = routes.some(({ accepts }) => accepts?.includes('Idempotency-Key'));
  return {
    // Authentication looks up the API key and records its use.
    users: { items: ['GetItem', 'UpdateItem'] },
    audit: { items: ['PutItem'] },
    // The receipts of idempotent requests, and the request counts for the rate limits.
    ephemeral: { items: isRepeatable ? ['GetItem', 'PutItem', 'UpdateItem'] : ['UpdateItem'] },
  };
}

function tablesOf(uses: readonly Uses[]): Tables {
  const result: Partial<Record<TableName, TableAccess>> = {};
  for (const [name, { items, indexes }] of uses.flatMap((one) => Object.entries(one))) {
    const design = TABLES[name];
    if (design === undefined) throw new Error(`A service may use the table "${name}", which no service has.`);
    const before = result[name as TableName];
    const queried = before?.indexes ?? (indexes ? design.indexes.map((index) => index.name) : undefined);
    result[name as TableName] = {
      items: [...new Set([...(before?.items ?? []), ...items])],
      ...(queried === undefined ? {} : { indexes: queried }),
    };
  }
  return result;
}

function readingOf(settings: readonly FunctionSettings[]): { reading?: TextReadingRights } {
  const files = settings.flatMap(({ readsTexts }) => readsTexts?.files ?? []);
  if (files.length === 0) return {};
  return {
    reading: { comprehend: COMPREHEND_ACTIONS, classifier: CLASSIFIER_ACTIONS, files: [...new Set(files)] },
  };
}
