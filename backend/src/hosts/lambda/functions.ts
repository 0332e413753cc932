import { CLASSIFIER_ACTIONS, COMPREHEND_ACTIONS } from '../../adapters/comprehend/actions.ts';
import { type AnyRoute, isList, isPublic } from '../../http/contract.ts';
import { SERVICES, type ServiceName, SUBSCRIPTIONS, type SubscriptionName } from '../../services/index.ts';
import type { FunctionSettings, ItemAction, TableUse } from '../../services/service-types.ts';
import { TABLES, type TableName } from '../../services/tables.ts';

/** What a function may do with a table: exactly the calls that its adapters make, no more. */
export interface TableAccess {
  /** Actions on the items, without `dynamodb:`. */
  readonly items: readonly ItemAction[];
  /** The indexes that it queries. */
  readonly indexes?: readonly string[];
}

type Tables = Readonly<Partial<Record<TableName, TableAccess>>>;

/** The rights of a function that reads texts. */
export interface TextReadingRights {
  /** On Comprehend, where it was chosen. It knows no resources. */
  readonly comprehend: readonly string[];
  /** On a classifier of Comprehend, where there is one. */
  readonly classifier: readonly string[];
  /** On the objects of the bucket with what organizations taught. */
  readonly files: readonly string[];
}

/** A function on AWS: what calls it, and what it may call. */
export type FunctionDesign = {
  readonly name: string;
  readonly description: string;
  readonly tables: Tables;
  /** Actions on the accounts of the user pool, without `cognito-idp:`; absent without any. */
  readonly pool?: readonly `Admin${string}`[];
  /** Whether it signs the cursors of lists, and so reads the signing keys where a secret holds them. */
  readonly cursors?: true;
  /** Absent for a function that reads no texts. */
  readonly reading?: TextReadingRights;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
} & (
  | { readonly trigger: 'http'; readonly services: readonly ServiceName[] }
  /** Fed by the streams of these tables; puts events on the bus. */
  | { readonly trigger: 'streams'; readonly streams: readonly TableName[] }
  /** Called by the user pool before it makes tokens. */
  | { readonly trigger: 'pre-token' }
  /** Called by the rule of the subscription, with one event at a time. */
  | { readonly trigger: 'subscription'; readonly subscription: SubscriptionName }
);

type Uses = Readonly<Record<string, TableUse>>;

/** The services with an HTTP function of their own. */
export const HTTP_SERVICES = SERVICES.filter(({ routes, only }) => routes.length > 0 && only === undefined);

/** Every function. `all` replaces the other HTTP functions where one function is to serve every route. */
export const FUNCTIONS: readonly FunctionDesign[] = [
  http('all', HTTP_SERVICES, 'All HTTP routes in one function'),
  ...HTTP_SERVICES.map((service) => http(service.name, [service], service.description)),
  {
    name: 'relay',
    description: 'Carries events from the streams of the tables to the bus',
    trigger: 'streams',
    streams: Object.values(TABLES).flatMap(({ name, stream }) => (stream ? [name as TableName] : [])),
    tables: {},
    memoryMegabytes: 256,
    timeoutSeconds: 30,
  },
  {
    name: 'pre-token',
    description: 'Says in access tokens whose they are',
    trigger: 'pre-token',
    tables: { users: { items: ['GetItem'] } },
    memoryMegabytes: 512,
    // Cognito waits five seconds, and asks again.
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
    // CPU comes with memory: at 512 MB a cold start takes about a third of the time it takes at 128.
    memoryMegabytes: Math.max(...services.map(({ memoryMegabytes = 512 }) => memoryMegabytes)),
    // API Gateway waits 30 s at most; an answer that takes longer than this is none.
    timeoutSeconds: Math.max(...services.map(({ timeoutSeconds = 15 }) => timeoutSeconds)),
  };
}

/** What serving requests needs, whatever the service does with them. */
function requestUses(routes: readonly AnyRoute[]): Uses {
  if (routes.every(isPublic)) return {};
  const isRepeatable = routes.some(({ accepts }) => accepts?.includes('Idempotency-Key'));
  return {
    // An API key is looked up, and its use recorded.
    users: { items: ['GetItem', 'UpdateItem'] },
    audit: { items: ['PutItem'] },
    // Receipts of requests, and counts of them for the rate limits.
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
