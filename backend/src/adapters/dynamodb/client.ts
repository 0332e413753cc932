import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sdkTimeouts } from '../../sdk-timeouts.ts';
import type { TableName } from '../../services/tables.ts';

/** The client and the deployed table names. A function knows only the names of the tables that it may use. */
export interface Dynamo {
  readonly client: DynamoDBDocumentClient;
  readonly tables: Readonly<Partial<Record<TableName, string>>>;
  /** Returns the signal that aborts the calls of the current request; aborted calls throw `unavailable`. */
  readonly deadline?: () => AbortSignal | undefined;
}

// A healthy response takes milliseconds. Three attempts of this length end well before the function's timeout, so that
// the caller gets a problem document and not a broken connection.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 2000 };

/** A client whose calls always end: with a response, or with an error after three attempts. */
export function dynamo(
  tables: Dynamo['tables'],
  config: DynamoDBClientConfig & { answerTimeoutMilliseconds?: number; deadline?: Dynamo['deadline'] } = {},
): Dynamo {
  const { answerTimeoutMilliseconds = CALL.answerTimeoutMilliseconds, deadline, ...more } = config;
  const client = new DynamoDBClient({
    ...sdkTimeouts({ maxAttempts: CALL.maxAttempts, answerTimeoutMilliseconds }),
    ...more,
  });
  const marshallOptions = { removeUndefinedValues: true };
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions }),
    tables,
    ...(deadline === undefined ? {} : { deadline }),
  };
}

/** The deployed name of a table. */
export function tableOf({ tables }: Dynamo, name: TableName): string {
  const deployed = tables[name];
  if (deployed === undefined) throw new Error(`The environment of this function does not name the table ${name}.`);
  return deployed;
}
