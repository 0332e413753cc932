import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDbLocal, hasJava, startDynamoDbLocal } from '../../rehearsal/dynamodb-local.ts';
import { type Dynamo, dynamo, TABLES, type TableDesign, type TableName } from '../src/adapters/dynamodb/index.ts';

/** Why suites on DynamoDB cannot run here; undefined when they can. */
export const NO_DYNAMODB = hasJava() ? undefined : 'DynamoDB Local needs a Java runtime, and there is none';

const ANYBODY = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

export interface LocalDynamo {
  readonly url: string;
  /** Tables as the code designs them, empty, under names of their own. */
  open(config?: Parameters<typeof dynamo>[1]): Promise<Dynamo & { names: Record<TableName, string> }>;
  stop(): void;
}

/** DynamoDB Local, for tests. */
export async function startLocalDynamo(): Promise<LocalDynamo> {
  const local: DynamoDbLocal = await startDynamoDbLocal();
  const admin = new DynamoDBClient({ endpoint: local.url, ...ANYBODY });
  let opened = 0;
  return {
    url: local.url,
    async open(config = {}) {
      const prefix = `t${++opened}`;
      const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, `${prefix}-${name}`]));
      for (const design of Object.values(TABLES) as TableDesign[]) {
        const name = names[design.name] as string;
        await admin.send(new CreateTableCommand(schemaOf(design, name)));
        if (design.expires !== undefined) {
          const TimeToLiveSpecification = { AttributeName: design.expires, Enabled: true };
          await admin.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
        }
      }
      const db = dynamo(names, { endpoint: local.url, ...ANYBODY, ...config });
      return { ...db, names: names as Record<TableName, string> };
    },
    stop() {
      admin.destroy();
      local.stop();
    },
  };
}

function schemaOf(design: TableDesign, name: string): CreateTableCommandInput {
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const attributes = new Set(['pk', 'sk', ...design.indexes.flatMap(({ partition, sort }) => [partition, sort])]);
  const indexes = design.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: key(index.partition, index.sort),
    Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.include] },
  }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
    ...(design.stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } } : {}),
  };
}
