import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { dynamo } from '../../backend/src/adapters/dynamodb/index.ts';
import { firstKey } from '../../scripts/deploying/first-key.ts';
import type { Cloud } from './deployed/cloud.ts';
import { REGION } from './deployed/cloud.ts';
import { type Faults, faults } from './faults.ts';
import { type FunctionPool, functionPool } from './functions/function-pool.ts';
import type { packagesByHash } from './functions/package-of.ts';
import { unzip } from './functions/unzip.ts';
import { listen } from './gateway/listen.ts';
import { publishedKeys } from './gateway/published-keys.ts';
import { serveApi } from './gateway/serve-api.ts';
import { type LocalTables, localTables } from './local-tables.ts';
import { callLog } from './policy/recorded-calls.ts';
import type { Pump } from './pumps/pump.ts';
import { queuePump } from './pumps/queue-pump.ts';
import { streamPump } from './pumps/stream-pump.ts';
import type { Deployed } from './read-deployed.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { settled } from './settled.ts';

export interface RunnerOptions {
  readonly cloud: Cloud;
  readonly dynamoDbUrl: string;
  readonly deployed: Deployed;
  /** Short names of the functions, by deployed name. */
  readonly shortNames: ReadonlyMap<string, string>;
  readonly packages: ReturnType<typeof packagesByHash>;
  readonly folder: string;
  readonly logs: string;
  readonly port: number;
  /** Where functions find what the user pool publishes. */
  readonly identity?: string;
}

const SETTLED_MILLISECONDS = 150_000;

/** Serves the deployed API, runs the deployed functions, and carries events between them. */
export async function startRunner(options: RunnerOptions) {
  const { cloud, dynamoDbUrl, deployed } = options;
  const identity = options.identity === undefined ? {} : { identity: options.identity };
  const breaking: Faults = faults();
  const calls = callLog();
  const troubles: string[] = [];
  const deliveries = new Map<string, number>();
  const tables: LocalTables = localTables(dynamoDbUrl, deployed.tables);
  const pools = new Map<string, FunctionPool>();
  const proxies: { stop(): void }[] = [];
  let streams: Pump[] = [];
  let queues: Pump[] = [];

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
    for (const pump of [...streams, ...queues]) pump.wake();
  };
  const failed = (error: unknown) =>
    troubles.push(error instanceof Error ? (error.stack ?? error.message) : String(error));

  mkdirSync(options.logs, { recursive: true });
  for (const fn of deployed.functions) {
    const proxy = await startRecordingProxy({
      functionName: shortName(fn.name),
      dynamoDbUrl,
      cloudUrl: cloud.endpoint,
      account: { id: deployed.accountId, region: REGION },
      faults: breaking,
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
  await setQueueMappings(false);
  await startPumps();
  const { api } = deployed;
  const backend = {
    accountId: deployed.accountId,
    functionNamed: (name: string) => pools.get(name)?.fn,
    invoke: (name: string, event: object) => poolNamed(name).invoke(event),
    keysOf: publishedKeys(options.identity),
  };
  const server = await listen(options.port, (incoming) => serveApi(api, backend, incoming));

  function packageOf({ name, codeSha256 }: { name: string; codeSha256: string }): Buffer {
    const found = options.packages.get(codeSha256);
    if (found === undefined) throw new Error(`No zip in dist is what was deployed as ${name}.`);
    return found.zip;
  }

  /**
   * The stand-in would take messages from the queues itself, and lose them, since it runs no function. So its mappings
   * are switched off while the runner does their work.
   */
  async function setQueueMappings(Enabled: boolean): Promise<void> {
    for (const { id: UUID, kind } of deployed.mappings) {
      if (kind === 'queue') await cloud.functions.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    }
  }

  async function urlOfQueue(arn: string): Promise<string> {
    const { QueueUrl } = await cloud.queues.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
    return QueueUrl ?? '';
  }

  async function startPumps(): Promise<void> {
    for (const mapping of deployed.mappings) {
      const common = {
        mapping,
        shortName: shortName(mapping.functionName),
        pool: poolNamed(mapping.functionName),
        faults: breaking,
        failed,
        delivered(count: number) {
          deliveries.set(mapping.sourceArn, (deliveries.get(mapping.sourceArn) ?? 0) + count);
        },
      };
      if (mapping.kind === 'queue') {
        queues.push(queuePump({ ...common, cloud, queueUrl: await urlOfQueue(mapping.sourceArn) }));
      } else {
        const giveUp = async (destination: string, message: object) => {
          const MessageBody = JSON.stringify(message);
          await cloud.queues.send(new SendMessageCommand({ QueueUrl: await urlOfQueue(destination), MessageBody }));
        };
        streams.push(streamPump({ ...common, dynamoDbUrl, streamArn: tables.streamOf(mapping.sourceArn), giveUp }));
      }
    }
  }

  async function stopPumps(): Promise<void> {
    const all = [...streams, ...queues];
    streams = [];
    queues = [];
    await Promise.all(all.map((pump) => pump.stop()));
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
    faults: breaking,
    calls,
    troubles,
    deliveries,
    pools,
    shortName,
    invoke: backend.invoke,
    settled() {
      const delivered = () => [...deliveries.values()].reduce((sum, count) => sum + count, 0);
      return settled({ streams, queues }, delivered, SETTLED_MILLISECONDS);
    },
    /** As whoever owns the account makes one. */
    newAdminKey: () => firstKey(asOperator),
    /** Empties tables and queues, heals what tests broke, and lets every function start cold. */
    async reset(queueUrls: readonly string[]) {
      breaking.clear();
      await stopPumps();
      await stopFunctions();
      for (const QueueUrl of queueUrls) await cloud.queues.send(new PurgeQueueCommand({ QueueUrl }));
      await tables.empty();
      await startPumps();
    },
    async stop() {
      server.stop();
      await stopPumps();
      await stopFunctions();
      for (const proxy of proxies) proxy.stop();
      await setQueueMappings(true);
      await tables.drop();
    },
  };
}

export type Runner = Awaited<ReturnType<typeof startRunner>>;
