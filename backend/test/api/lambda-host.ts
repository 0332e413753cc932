import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { onTicketEvent } from '@curlew/core/analytics';
import { type AnyEvent, keyedMutex } from '@curlew/core/kernel';
import { SUBSCRIPTIONS } from '@curlew/core/subscriptions';
import { TicketEvent } from '@curlew/core/ticket';
import { triageOnEvent } from '@curlew/core/ticket/triage';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { answerV1, answerV2 } from '../../../rehearsal/gateway/answer.ts';
import { eventV1 } from '../../../rehearsal/gateway/event-v1.ts';
import { eventV2 } from '../../../rehearsal/gateway/event-v2.ts';
import { matchPath } from '../../../rehearsal/gateway/match-path.ts';
import type { Incoming } from '../../../rehearsal/gateway/request.ts';
import {
  type Dynamo,
  dynamoApiKeyStore,
  dynamoTicketCounts,
  dynamoUserLookup,
  foundOrganization,
  type TableName,
} from '../../src/adapters/dynamodb/index.ts';
import { adminKey } from '../../src/hosts/admin-key.ts';
import { DEFAULT_ORGANIZATION } from '../../src/hosts/default-organization.ts';
import { consumeEvent } from '../../src/hosts/lambda/consume-event.ts';
import { FUNCTIONS } from '../../src/hosts/lambda/functions.ts';
import { gatewayHandler } from '../../src/hosts/lambda/gateway-handler.ts';
import { relay } from '../../src/hosts/lambda/relay-events.ts';
import { triagePorts, triageService } from '../../src/hosts/lambda/triage-service.ts';
import {
  analyticsService,
  type ServiceWiring,
  service,
  taskService,
  ticketService,
  userService,
  wire,
} from '../../src/hosts/lambda/wire.ts';
import { documentation } from '../../src/hosts/local/documentation.ts';
import { triageContext } from '../../src/hosts/triage-context.ts';
import { clock, newId } from '../context.ts';
import { openTables } from '../dynamodb.ts';
import type { ClosedHost } from './callers.ts';
import { checkAnswer } from './contract-check.ts';
import type { Answer, ApiHost, Sent } from './host.ts';

const WIRINGS: Readonly<Record<string, { services: readonly ServiceWiring[]; lists?: TableName }>> = {
  tickets: { services: [ticketService, triageService], lists: 'tickets' },
  tasks: { services: [taskService], lists: 'tasks' },
  users: { services: [userService], lists: 'users' },
  analytics: { services: [analyticsService] },
  service: { services: [service(documentation)] },
  all: {
    services: [ticketService, triageService, taskService, userService, analyticsService, service(documentation)],
    lists: 'tickets',
  },
};

export interface Shape {
  readonly layout: 'one-function' | 'per-service';
  readonly api: 'http' | 'rest';
}

/** The handlers of the cloud shape in this process, fed with events of API Gateway, on DynamoDB. */
export async function lambdaHost(shape: Shape, options: { readonly automaticTriage?: boolean } = {}): Promise<ApiHost> {
  return handlersOn(await openTables(), shape, 'open', options.automaticTriage);
}

/** The same where callers must prove who they are. */
export async function closedLambdaHost(shape: Shape): Promise<ClosedHost> {
  const db = await openTables();
  await foundOrganization(db, DEFAULT_ORGANIZATION, new Date().toISOString());
  const stores = { keys: dynamoApiKeyStore(db), users: dynamoUserLookup(db) };
  const keyFor = (organizationId: string, userId: string) =>
    adminKey(stores, { organizationId, userId, name: 'Everything' });
  const host = await handlersOn(db, shape, 'required');
  return { ...host, keyFor, adminKey: await keyFor(DEFAULT_ORGANIZATION.id, DEFAULT_ORGANIZATION.adminId) };
}

async function handlersOn(
  db: Dynamo,
  { layout, api }: Shape,
  auth: 'open' | 'required',
  automaticTriage = false,
): Promise<ApiHost> {
  const failures: unknown[] = [];
  const routes = await servedPaths();
  const handlers = new Map<string, ReturnType<typeof gatewayHandler>>();
  const report = { error: (message: string, fields: object) => failures.push({ message, ...fields }), relayed() {} };
  const config = { auth, basePath: '', tables: db.tables, triage: { provider: 'embedded' } } as const;

  function handlerOf(name: string): ReturnType<typeof gatewayHandler> {
    const known = handlers.get(name);
    if (known !== undefined) return known;
    const { services = [], lists } = WIRINGS[name] ?? {};
    const log = (entry: { level: string }) => {
      if (entry.level === 'error') failures.push(entry);
    };
    const made = gatewayHandler(
      () => wire(services, { db: allowed(db, name), config, log, ...(lists === undefined ? {} : { lists }) }),
      config.basePath,
      (error) => failures.push(error),
    );
    handlers.set(name, made);
    return made;
  }

  async function invoke(incoming: Incoming): Promise<Answer> {
    const route = matchPath(routes, incoming.path);
    const handler = handlerOf(layout === 'one-function' ? 'all' : (route?.route.service ?? 'service'));
    const facts = { accountId: '1', apiId: 'api', domainName: 'api.example.com', stageVariables: {} };
    const routed = { parameters: route?.parameters ?? {}, requestId: 'r', traceId: 't', time: new Date() };
    const event =
      api === 'http'
        ? eventV2(incoming, { ...facts, stage: '$default' }, { ...routed, routeKey: '$default' })
        : eventV1(incoming, { ...facts, stage: 'dev' }, { ...routed, resource: '/{proxy+}', resourceId: 'x' }, []);
    const result = JSON.stringify(await handler(event, {} as Context));
    const answer = api === 'http' ? answerV2(result) : answerV1(result, api, { accept: '*/*', binaryMediaTypes: [] });
    if (answer === undefined) throw new Error(`No answer of API Gateway comes of ${result}`);
    const headers = new Headers();
    for (const [name, value] of answer.headers) headers.append(name.replace(/^x-amzn-remapped-/, ''), value);
    const text = incoming.method === 'HEAD' ? '' : answer.body.toString('utf8');
    const isJson = /^application\/(\w+\+)?json/.test(headers.get('content-type') ?? '');
    return { status: answer.status, headers, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
  }

  const triageDeps = {
    ...triagePorts(allowed(db, 'tickets'), config.triage, (message, error) => failures.push({ message, error })),
    contextFor: triageContext({ now: clock.iso, newId, runExclusive: keyedMutex(), pause: async () => {} }),
  };
  let delivered = 0;
  async function settled(): Promise<void> {
    const events = await storedEvents(db);
    const counts = dynamoTicketCounts(db);
    const bus: AnyEvent[] = [];
    const publisher = {
      async publish(some: readonly AnyEvent[]) {
        bus.push(...some);
        return { taken: some.length };
      },
    };
    await relay(publisher, report)(streamEvent(events.slice(delivered)));
    delivered = events.length;
    const reactions: Record<string, (event: TicketEvent) => Promise<void>> = {
      'ticket-counts': (event) => onTicketEvent({ counts }, event),
      ...(automaticTriage ? { triage: (event) => triageOnEvent(triageDeps, event) } : {}),
    };
    for (const { name, events: types } of SUBSCRIPTIONS) {
      const reaction = reactions[name];
      if (reaction === undefined) continue;
      const consume = consumeEvent(TicketEvent, reaction, report);
      const heard = bus.filter(({ type }) => (types as readonly string[]).includes(type));
      for (const event of heard) await consume({ detail: event });
    }
    // What reactions have changed is told, too.
    if (bus.length > 0) await settled();
  }

  return {
    async send(request) {
      const answer = await invoke(incomingOf(request));
      checkAnswer(request, answer);
      return answer;
    },
    eventTypes: async () => (await storedEvents(db)).map(({ type }) => type),
    settled,
    async stop() {
      db.client.destroy();
      if (failures.length > 0) throw new Error(`Functions logged errors: ${JSON.stringify(failures)}`);
    },
  };
}

/** The tables that the function is told of, and no other. */
function allowed(db: Dynamo, name: string): Dynamo {
  const { tables = {} } = FUNCTIONS.find((one) => one.name === name) ?? {};
  const names = Object.entries(db.tables).filter(([table]) => table in tables);
  return { ...db, tables: Object.fromEntries(names) };
}

async function servedPaths(): Promise<{ path: string; service: string }[]> {
  const { default: routes } = await import('../../../infra/generated/routes.json', { with: { type: 'json' } });
  return routes;
}

function incomingOf({ method, path, headers = {}, body }: Sent): Incoming {
  const [bare = '', query = ''] = path.split(/\?(.*)/s);
  const payload = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    method,
    path: new URL(bare, 'http://localhost').pathname,
    query,
    headers: Object.entries({ host: 'api.example.com', ...json, ...headers }),
    body: Buffer.from(payload),
    sourceIp: '127.0.0.1',
  };
}

/** Every event in the tables, oldest first. A test may scan; a function may not. */
async function storedEvents(db: Dynamo): Promise<AnyEvent[]> {
  const tables = (['tickets', 'tasks', 'users'] as const).map((name) => db.tables[name]);
  const items = await Promise.all(
    tables.map(async (TableName) => {
      const found: Record<string, unknown>[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.client.send(
          new ScanCommand({
            TableName,
            ExclusiveStartKey,
            FilterExpression: 'begins_with(sk, :event)',
            ExpressionAttributeValues: { ':event': 'E#' },
          }),
        );
        found.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return found;
    }),
  );
  const events: AnyEvent[] = items.flat().map(({ event }) => JSON.parse(event as string));
  const order = ({ time, sequence }: AnyEvent) => `${time} ${String(sequence).padStart(10, '0')}`;
  return events.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function streamEvent(events: readonly AnyEvent[]): DynamoDBStreamEvent {
  return {
    Records: events.map((event, i) => ({
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: String(i),
        NewImage: { sk: { S: `E#${event.sequence}` }, event: { S: JSON.stringify(event) } },
      },
    })),
  };
}
