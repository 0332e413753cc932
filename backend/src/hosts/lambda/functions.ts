import type { SubscriptionName } from '@curlew/core/subscriptions';
import { CLASSIFIER_ACTIONS, COMPREHEND_ACTIONS } from '../../adapters/comprehend/actions.ts';
import { TABLES, type TableName } from '../../adapters/dynamodb/tables.ts';
import type { Service } from '../../http/contract.ts';

/** What a function may do with a table: exactly the calls that its adapters make, no more. */
export interface TableAccess {
  /** Actions on the items, without `dynamodb:`. Those inside a transaction are named by what they do. */
  readonly items: readonly ItemAction[];
  /** The indexes that it queries. */
  readonly indexes?: readonly string[];
}

type ItemAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';
type PoolAction = `Admin${string}`;
type Tables = Readonly<Partial<Record<TableName, TableAccess>>>;

/** What a function that reads texts asks of whom. */
export interface TextReadingRights {
  /** Of Comprehend, where that was chosen. It knows no resources. */
  readonly comprehend: readonly string[];
  /** Of a classifier of Comprehend, where there is one. */
  readonly classifier: readonly string[];
  /** Of the bucket of what organizations taught, on its objects. */
  readonly files: readonly string[];
}

/** A function of the cloud shape: what calls it, and what it may call. */
export type FunctionDesign = {
  readonly name: string;
  readonly description: string;
  readonly tables: Tables;
  /** What it does with the accounts of the user pool, without `cognito-idp:`; absent where it has nothing to do with them. */
  readonly pool?: readonly PoolAction[];
  /** Whether it signs the cursors of lists, and so reads the signing keys where a secret holds them. */
  readonly cursors?: true;
  /** What it does to read texts; absent where it reads none. */
  readonly reading?: TextReadingRights;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
} & (
  | { readonly trigger: 'http'; readonly services: readonly Service[] }
  /** Fed by the streams of these tables; puts events on the bus. */
  | { readonly trigger: 'streams'; readonly streams: readonly TableName[] }
  /** Called by the user pool before it makes tokens. */
  | { readonly trigger: 'pre-token' }
  /** Called by the rule of the subscription, with one event at a time. */
  | { readonly trigger: 'subscription'; readonly subscription: SubscriptionName }
);

const READ_AND_WRITE = ['GetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem'] as const;

// Receipts of requests, and counts of them.
const REQUESTS: Tables = { ephemeral: { items: ['GetItem', 'PutItem', 'UpdateItem'] } };
const COUNTED: Tables = { ephemeral: { items: ['UpdateItem'] } };

// Who asks with an API key is looked up, and the key's use noted.
const NOTED: Tables = { audit: { items: ['PutItem'] } };
const CALLERS: Tables = { users: { items: ['GetItem', 'UpdateItem'] }, ...NOTED };

// Whoever asks for an analysis teaches nothing by it: people do, by what they decide, and `triage` hears of that.
const READS_TEXTS: TextReadingRights = {
  comprehend: COMPREHEND_ACTIONS,
  classifier: CLASSIFIER_ACTIONS,
  files: ['s3:GetObject'],
};

const SERVICES = {
  tickets: {
    tickets: { items: [...READ_AND_WRITE, 'Query', 'UpdateItem'], indexes: indexesOf('tickets') },
    // People are met on their first contact, as part of opening a ticket; UpdateItem as in `CALLERS`.
    users: { items: ['GetItem', 'PutItem', 'UpdateItem'] },
    ...NOTED,
    ...REQUESTS,
  },
  tasks: {
    tasks: { items: READ_AND_WRITE, indexes: indexesOf('tasks') },
    tickets: { items: ['GetItem'] },
    ...CALLERS,
    ...REQUESTS,
  },
  users: {
    users: { items: [...READ_AND_WRITE, 'UpdateItem'], indexes: indexesOf('users') },
    audit: { items: ['PutItem', 'Query'] },
    ...REQUESTS,
  },
  analytics: { analytics: { items: ['Query'] }, ...CALLERS, ...COUNTED },
  service: { ephemeral: { items: ['GetItem'] } },
} as const satisfies Record<Service, Tables>;

const http = (service: Service, description: string): FunctionDesign => ({
  name: service,
  description,
  trigger: 'http',
  services: [service],
  tables: SERVICES[service],
  // CPU comes with memory: at 512 MB a cold start takes about a third of the time it takes at 128.
  memoryMegabytes: 512,
  // API Gateway waits 30 s at most; an answer that takes longer than this is none.
  timeoutSeconds: 15,
});

/** Every function there is. `all` stands in for all others that HTTP calls, where one function is to do it. */
export const FUNCTIONS: readonly FunctionDesign[] = [
  {
    ...http('service', 'All HTTP routes in one function'),
    name: 'all',
    services: Object.keys(SERVICES) as Service[],
    tables: merged(Object.values(SERVICES)),
    cursors: true,
    reading: READS_TEXTS,
  } as FunctionDesign,
  { ...http('tickets', 'Tickets, messages, history'), cursors: true, reading: READS_TEXTS },
  { ...http('tasks', 'Tasks'), cursors: true },
  { ...http('users', 'Users'), cursors: true },
  http('analytics', 'Counts'),
  http('service', 'Health, contract, documentation, and whatever has no route'),
  {
    name: 'relay',
    description: 'Carries events from the streams of the tables to the bus',
    trigger: 'streams',
    streams: tablesWithStream(),
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
  {
    name: 'ticket-counts',
    description: 'Counts tickets by status and priority',
    trigger: 'subscription',
    subscription: 'ticket-counts',
    tables: { analytics: { items: ['GetItem', 'PutItem', 'UpdateItem'] } },
    memoryMegabytes: 256,
    timeoutSeconds: 30,
  },
  {
    name: 'triage',
    description: 'Reads the texts of tickets, and learns from what people decide',
    trigger: 'subscription',
    subscription: 'triage',
    tables: {
      tickets: { items: ['Query', 'PutItem', 'UpdateItem'] },
      // Where an organization says what it wants of triage.
      users: { items: ['GetItem'] },
    },
    reading: { ...READS_TEXTS, files: ['s3:GetObject', 's3:PutObject'] },
    // Models want a processor, and more than half of one comes with this much.
    memoryMegabytes: 1024,
    // A text may wait for Comprehend, then be read here; a lesson is tried again when others taught meanwhile.
    timeoutSeconds: 60,
  },
  {
    name: 'accounts',
    description: 'Keeps the accounts of the user pool in step with the users',
    trigger: 'subscription',
    subscription: 'accounts',
    tables: { users: { items: ['GetItem'] } },
    pool: [
      'AdminGetUser',
      'AdminCreateUser',
      'AdminUpdateUserAttributes',
      'AdminListGroupsForUser',
      'AdminAddUserToGroup',
      'AdminRemoveUserFromGroup',
      'AdminEnableUser',
      'AdminDisableUser',
      'AdminUserGlobalSignOut',
      'AdminDeleteUser',
    ],
    memoryMegabytes: 256,
    // Several calls one after the other, each of which may be tried again.
    timeoutSeconds: 60,
  },
];

function tablesWithStream(): TableName[] {
  return (Object.keys(TABLES) as TableName[]).filter((name) => TABLES[name].stream);
}

function indexesOf(table: TableName): string[] {
  return TABLES[table].indexes.map(({ name }) => name);
}

function merged(all: readonly Tables[]): Tables {
  const result: Partial<Record<TableName, TableAccess>> = {};
  for (const [table, access] of all.flatMap((tables) => Object.entries(tables) as [TableName, TableAccess][])) {
    const before = result[table];
    result[table] = {
      items: union(before?.items, access.items),
      ...(before?.indexes || access.indexes ? { indexes: union(before?.indexes, access.indexes) } : {}),
    };
  }
  return result;
}

function union<T>(one: readonly T[] = [], other: readonly T[] = []): T[] {
  return [...new Set([...one, ...other])];
}
