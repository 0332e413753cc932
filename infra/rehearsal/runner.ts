import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { dynamo } from '../../backend/src/adapters/dynamodb/index.ts';
import { DEFAULT_ORGANIZATION } from '../../backend/src/hosts/default-organization.ts';
import { bucketAt } from '../../rehearsal/aws/bucket.ts';
import type { Cloud } from '../../rehearsal/aws/cloud.ts';
import { REGION } from '../../rehearsal/aws/cloud.ts';
import type { DynamoDbEngine } from '../../rehearsal/dynamodb/start-dynoxide.ts';
import { type Faults, faults } from '../../rehearsal/faults/faults.ts';
import { type AsyncInvoker, asyncInvoker } from '../../rehearsal/functions/async-invoker.ts';
import { type FunctionPool, functionPool } from '../../rehearsal/functions/function-pool.ts';
import type { packagesByHash } from '../../rehearsal/functions/packages-by-hash.ts';
import { unzip } from '../../rehearsal/functions/unzip.ts';
import { listen } from '../../rehearsal/gateway/listen.ts';
import { publishedKeys } from '../../rehearsal/gateway/published-keys.ts';
import { serveApi } from '../../rehearsal/gateway/serve-api.ts';
import { type LocalTables, localTables } from '../../rehearsal/local-tables.ts';
import { callLog } from '../../rehearsal/policy/recorded-calls.ts';
import type { Pump } from '../../rehearsal/pumps/pump.ts';
import { streamPump } from '../../rehearsal/pumps/stream-pump.ts';
import type { Deployed } from '../../rehearsal/read-deployed.ts';
import { startRecordingProxy } from '../../rehearsal/recording-proxy.ts';
import { waitUntilIdle } from '../../rehearsal/wait-until-idle.ts';
import { firstKey } from '../deploy/first-key.ts';

export interface RunnerOptions {
  readonly cloud: Cloud;
  readonly dynamoDb: DynamoDbEngine;
  readonly deployed: Deployed;
  /** Short names of the functions, by deployed name. */
  readonly shortNames: ReadonlyMap<string, string>;
  readonly packages: ReturnType<typeof packagesByHash>;
  readonly folder: string;
  readonly logs: string;
  readonly port: number;
  /** URL at which functions find the user pool's published keys. */
  readonly identity?: string;
}

const IDLE_LIMIT_MILLISECONDS = 600_000;
// Multiplies the timeouts of routes: here requests wait for one of a few processes, while Lambda would start another.
const QUEUE_FACTOR = 10;

/** Serves the deployed API, runs the deployed functions, and delivers events between them. */
export async function startRunner(options: RunnerOptions) {
  const { cloud, dynamoDb, deployed } = options;
  const dynamoDbUrl = dynamoDb.url;
  const identity = options.identity === undefined ? {} : { identity: options.identity };
  const injectedFaults: Faults = faults();
  const calls = callLog();
  const errors: string[] = [];
  const deliveries = new Map<string, number>();
  const tables: LocalTables = localTables(dynamoDb, deployed.tables);
  const pools = new Map<string, FunctionPool>();
  const proxies: { stop(): void }[] = [];
  let streams: Pump[] = [];
  let invocations = new Map<string, AsyncInvoker>();

  const shortName = (name: string) => options.shortNames.get(name) ?? name;
  const poolNamed = (name: string): FunctionPool => {
    const pool = pools.get(name);
    if (pool === undefined) throw new Error(`There is no function ${name}.`);
    return pool;
  };
  const named = (part: string) => deployed.tables.find(({ name }) => name.includes(`-${part}-`))?.name ?? '';
  const asOperator = dynamo(
    { users: named('users'), audit: named('audit') },
    { endpoint: dynamoDbUrl, region: REGION, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } },
  );
  const wake = () => {
    for (const pump of streams) pump.wake();
  };
  const failed = (error: unknown) =>
    errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error));

  mkdirSync(options.logs, { recursive: true });
  for (const fn of deployed.functions) {
    const proxy = await startRecordingProxy({
      functionName: shortName(fn.name),
      dynamoDbUrl,
      cloudUrl: cloud.endpoint,
      account: { id: deployed.accountId, region: REGION },
      faults: injectedFaults,
      record: (made) => calls.add(fn.name, made),
      kill: () => poolNamed(fn.name).kill(),
      wake,
    });
    proxies.push(proxy);
    const root = join(options.folder, 'functions', fn.name);
    mkdirSync(root, { recursive: true });
    unzip(packageOf(fn), root);
    const logFile = join(options.logs, `${fn.name}.log`);
    pools.set(fn.name, functionPool(fn, { root, endpoint: proxy.url, logFile, ...identity }));
  }
  await tables.create();
  startDeliveries();
  const api = {
    ...deployed.api,
    routes: deployed.api.routes.map((route) => ({
      ...route,
      timeoutMilliseconds: route.timeoutMilliseconds * QUEUE_FACTOR,
    })),
  };
  const backend = {
    accountId: deployed.accountId,
    functionNamed: (name: string) => pools.get(name)?.fn,
    invoke: (name: string, event: object) => poolNamed(name).invoke(event),
    keysOf: publishedKeys(options.identity),
  };
  const server = await listen(options.port, (incoming) => serveApi(api, backend, incoming));

  function packageOf({ name, codeSha256 }: { name: string; codeSha256: string }): Buffer {
    const found = options.packages.get(codeSha256);
    if (found === undefined) throw new Error(`No zip in dist has the hash of the deployed function ${name}.`);
    return found.zip;
  }

  async function send(queueArn: string, message: object): Promise<void> {
    const { QueueUrl } = await cloud.queues.send(new GetQueueUrlCommand({ QueueName: queueArn.split(':').at(-1) }));
    await cloud.queues.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  }

  function startDeliveries(): void {
    const common = (functionName: string, source: string) => ({
      shortName: shortName(functionName),
      pool: poolNamed(functionName),
      faults: injectedFaults,
      giveUp: send,
      failed,
      delivered: (count: number) => void deliveries.set(source, (deliveries.get(source) ?? 0) + count),
    });
    streams = deployed.mappings.map((mapping) => {
      const streamArn = tables.streamOf(mapping.sourceArn);
      return streamPump({ ...common(mapping.functionName, mapping.sourceArn), mapping, dynamoDbUrl, streamArn });
    });
    invocations = new Map(deployed.functions.map(({ name, arn }) => [name, asyncInvoker(common(name, arn))]));
  }

  function invokeLater(name: string, event: object): void {
    const known = invocations.get(name);
    if (known === undefined) throw new Error(`There is no function ${name}.`);
    known.invoke(event);
  }

  async function stopDeliveries(): Promise<void> {
    const all = [...streams, ...invocations.values()];
    streams = [];
    await Promise.all(all.map((one) => one.stop()));
  }

  async function stopFunctions(): Promise<void> {
    for (const pool of pools.values()) {
      if (pool.busy() > 0) pool.kill();
      await pool.stop();
    }
  }

  return {
    url: server.url,
    tables,
    faults: injectedFaults,
    calls,
    errors,
    deliveries,
    pools,
    shortName,
    invoke: backend.invoke,
    invokeLater,
    /** Calls a function asynchronously, like the event bus. Returns false if the function cannot be reached. */
    call(name: string, event: object): boolean {
      if (injectedFaults.isInjected('lostDelivery', shortName(name))) return true;
      if (injectedFaults.isInjected('unreachable', shortName(name))) return false;
      invokeLater(name, event);
      return true;
    },
    settled() {
      const delivered = () => [...deliveries.values()].reduce((sum, count) => sum + count, 0);
      const all = { streams, invocations: [...invocations.values()] };
      return waitUntilIdle(all, delivered, IDLE_LIMIT_MILLISECONDS);
    },
    /** Creates a key, like the owner of the AWS account. Creates the organization if no organization has this id. */
    newAdminKey: (id: string = DEFAULT_ORGANIZATION.id) => firstKey(asOperator, { ...DEFAULT_ORGANIZATION, id }),
    /** Empties tables, queues and the bucket, removes all faults, and stops all functions, so that they start cold. */
    async reset(queueUrls: readonly string[], bucket: string) {
      injectedFaults.clear();
      await stopDeliveries();
      await stopFunctions();
      for (const QueueUrl of queueUrls) await cloud.queues.send(new PurgeQueueCommand({ QueueUrl }));
      await tables.create();
      await bucketAt(cloud.endpoint, bucket).empty();
      startDeliveries();
    },
    async stop() {
      server.stop();
      await stopDeliveries();
      await stopFunctions();
      for (const proxy of proxies) proxy.stop();
    },
  };
}

export type Runner = Awaited<ReturnType<typeof startRunner>>;
