import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type CreateTableCommandInput, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { describe, inject } from 'vitest';
import { type Dynamo, dynamo } from '../src/adapters/dynamodb/index.ts';
import type { TableDesign } from '../src/services/service-types.ts';
import { TABLES, type TableName } from '../src/services/tables.ts';
import { ANY_ACCOUNT } from './dynamodb-setup.ts';

/** The tables in the design that the services declare. */
export interface TestTables extends Dynamo {
  readonly names: Record<TableName, string>;
}

/** A suite that needs a DynamoDB. Without one, the suite is skipped, and its name contains the reason. */
export function describeOnDynamoDb(name: string, suite: () => void): void {
  const server = inject('dynamodb');
  if (server === undefined) throw new Error('vitest.config.ts does not start DynamoDB for this file.');
  if ('missing' in server) describe.skip(`${name} (skipped: ${server.missing})`, suite);
  else describe(name, suite);
}

/** The client configuration of the AWS SDK for the DynamoDB of this run. */
export function dynamoDbEndpoint() {
  const server = inject('dynamodb');
  if ('missing' in server) throw new Error(server.missing);
  return { endpoint: server.url, ...ANY_ACCOUNT };
}

/** A name that no other suite of this run uses. */
export function newTableName(name: string): string {
  const server = inject('dynamodb');
  return `${'prefix' in server ? server.prefix : ''}-${randomUUID().slice(0, 8)}-${name}`;
}

/**
 * Creates new, empty tables. They have no streams, because these suites do not read them and because Dynoxide 1.5.0
 * reads all stream records of the server for every write to a table with a stream.
 */
export async function openTables(config: Parameters<typeof dynamo>[1] = {}): Promise<TestTables> {
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, newTableName(name)]));
  // No test may depend on the speed of the machine, so only tests of timeouts set a short one.
  const patient = { ...dynamoDbEndpoint(), answerTimeoutMilliseconds: 60_000 };
  const admin = dynamo(names, patient);
  for (const design of Object.values(TABLES) as TableDesign[]) {
    const name = names[design.name] as string;
    await admin.client.send(new CreateTableCommand(schemaOf(design, name)));
    if (design.expires !== undefined) {
      const TimeToLiveSpecification = { AttributeName: design.expires, Enabled: true };
      await admin.client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
    }
  }
  admin.client.destroy();
  const db = dynamo(names, { ...patient, ...config });
  return { ...db, names: names as Record<TableName, string> };
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
  };
}
