import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AnyEvent } from '@curlew/core/kernel';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { eventV1 } from '../../../rehearsal/gateway/event-v1.ts';
import { eventV2 } from '../../../rehearsal/gateway/event-v2.ts';
import { responseV1, responseV2 } from '../../../rehearsal/gateway/function-response.ts';
import { matchPath } from '../../../rehearsal/gateway/match-path.ts';
import type { Incoming } from '../../../rehearsal/gateway/request.ts';
import {
  createFirstOrganization,
  type Dynamo,
  dynamoApiKeyStore,
  dynamoUserLookup,
} from '../../src/adapters/dynamodb/index.ts';
import { adminKey } from '../../src/hosts/admin-key.ts';
import { DEFAULT_ORGANIZATION } from '../../src/hosts/default-organization.ts';
import { consumeEvent } from '../../src/hosts/lambda/consume-event.ts';
import { FUNCTIONS } from '../../src/hosts/lambda/functions.ts';
import { gatewayHandler } from '../../src/hosts/lambda/gateway-handler.ts';
import type { LambdaHost } from '../../src/hosts/lambda/lambda-host.ts';
import { relay } from '../../src/hosts/lambda/relay-events.ts';
import { wire } from '../../src/hosts/lambda/wire.ts';
import { documentation } from '../../src/hosts/local/platform/documentation.ts';
import type { Reacting, Serving } from '../../src/hosts/serving.ts';
import { SUBSCRIPTIONS_EVERYWHERE } from '../../src/services/index.ts';
import { TABLES, type TableName } from '../../src/services/tables.ts';
import { openTables } from '../dynamodb.ts';
import type { ClosedHost } from './callers.ts';
import { checkAnswer } from './contract-check.ts';
import type { Answer, ApiHost, Sent } from './host.ts';

export interface Shape {
  readonly layout: 'one-function' | 'per-service';
  readonly api: 'http' | 'rest';
}

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; Lambda's own error message has this number.
const MOST_RESPONSE_BYTES = 6_291_556;

/** The Lambda handlers in this process, called with API Gateway events, on DynamoDB. */
export async function lambdaHost(shape: Shape, options: { readonly automaticTriage?: boolean } = {}): Promise<ApiHost> {
  return handlersOn(await openTables(), shape, 'open', options.automaticTriage);
}

/** The same with required authentication. */
export async function closedLambdaHost(shape: Shape): Promise<ClosedHost> {
  const db = await openTables();
  await createFirstOrganization(db, DEFAULT_ORGANIZATION, new Date().toISOString());
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
    const log = (entry: { level: string }) => {
      if (entry.level === 'error') failures.push(entry);
    };
    const made = gatewayHandler(
      async () => {
        const { wiring } = await wiringOf<readonly Serving<LambdaHost>[]>(name);
        return wire(wiring.map(withDocumentation), { db: allowed(db, name), config, log });
      },
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
    if (Buffer.byteLength(result) > MOST_RESPONSE_BYTES) throw new Error('Lambda refuses a response of this size.');
    const answer =
      api === 'http' ? responseV2(result) : responseV1(result, api, { accept: '*/*', binaryMediaTypes: [] });
    if (answer === undefined) throw new Error(`No answer of API Gateway comes of ${result}`);
    const headers = new Headers();
    for (const [name, value] of answer.headers) headers.append(name.replace(/^x-amzn-remapped-/, ''), value);
    const text = incoming.method === 'HEAD' ? '' : answer.body.toString('utf8');
    const isJson = /^application\/(\w+\+)?json/.test(headers.get('content-type') ?? '');
    return { status: answer.status, headers, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
  }

  const subscriptions = SUBSCRIPTIONS_EVERYWHERE.filter(({ name }) => name !== 'triage' || automaticTriage);
  const consumers = subscriptions.map(async ({ name, events, event }) => {
    const { wiring } = await wiringOf<Reacting<LambdaHost>>(name);
    const host = { ...config, db: allowed(db, name), report: (message: string) => failures.push(message) };
    return { events, consume: consumeEvent(event, await wiring.react(host), report) };
  });
  let delivered = 0;
  async function settled(): Promise<void> {
    const events = await storedEvents(db);
    const bus: AnyEvent[] = [];
    const publisher = {
      async publish(some: readonly AnyEvent[]) {
        bus.push(...some);
        return { taken: some.length };
      },
    };
    await relay(publisher, report)(streamEvent(events.slice(delivered)));
    delivered = events.length;
    for (const { events: types, consume } of await Promise.all(consumers)) {
      const subscribed = bus.filter(({ type }) => types.includes(type));
      for (const event of subscribed) await consume({ detail: event });
    }
    // The changes of reactions are events too, so deliver them as well.
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

/** Imports the wiring of a deployed function. */
function wiringOf<Wiring>(name: string): Promise<{ wiring: Wiring }> {
  return import(`../../src/hosts/lambda/functions/${name}.wiring.ts`);
}

/** Adds the documentation, which a deployed package contains next to its code. */
function withDocumentation(one: Serving<LambdaHost>): Serving<LambdaHost> {
  return {
    ...one,
    async bind(host) {
      const { routes, ports } = await one.bind(host);
      return { routes, ports: 'documentation' in ports ? { ...ports, documentation } : ports };
    },
  };
}

/** The client with only those table names that the function has in its environment. */
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

/** All events in the tables, oldest first. Uses a scan, which functions are not allowed to do. */
async function storedEvents(db: Dynamo): Promise<AnyEvent[]> {
  const tables = Object.values(TABLES).flatMap(({ name, stream }) => (stream ? [db.tables[name as TableName]] : []));
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
