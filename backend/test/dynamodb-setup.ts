import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { HOW_TO_GET_DYNOXIDE } from '../../rehearsal/dynamodb/dynoxide-binary.ts';
import { startDynoxide } from '../../rehearsal/dynamodb/start-dynoxide.ts';

/** A region and credentials for an engine that does not check signatures. */
export const ANY_ACCOUNT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The DynamoDB of this run and a prefix for its tables, or the reason why it is missing. */
    dynamodb: { url: string; prefix: string } | { missing: string };
  }
}

/** One DynamoDB for all suites of a run: the server at `DYNAMODB_URL`, or an engine that stops after the run. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const prefix = `curlew-test-${randomUUID().slice(0, 8)}`;
  const given = process.env.DYNAMODB_URL;
  if (given) {
    project.provide('dynamodb', { url: given, prefix });
    return () => deleteTables(given, prefix);
  }
  try {
    const engine = await startDynoxide();
    project.provide('dynamodb', { url: engine.url, prefix });
    return engine.stop;
  } catch (error) {
    const missing = (error as Error).message;
    console.error(`Suites on DynamoDB are skipped: ${missing}. ${HOW_TO_GET_DYNOXIDE}`);
    console.error('Or set DYNAMODB_URL to the address of another DynamoDB.');
    project.provide('dynamodb', { missing });
    return undefined;
  }
}

async function deleteTables(endpoint: string, prefix: string): Promise<void> {
  const client = new DynamoDBClient({ endpoint, ...ANY_ACCOUNT });
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    for (const TableName of TableNames.filter((name) => name.startsWith(prefix))) {
      await client.send(new DeleteTableCommand({ TableName }));
    }
  }
  client.destroy();
}
