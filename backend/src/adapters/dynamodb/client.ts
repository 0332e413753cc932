import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sdkTimeouts } from '../../sdk-timeouts.ts';
import type { TableName } from '../../services/tables.ts';

/** Where the tables are. A function knows only the names of those that it may use. */
export interface Dynamo {
  readonly client: DynamoDBDocumentClient;
  readonly tables: Readonly<Partial<Record<TableName, string>>>;
  /** Ends the calls of whoever asks now, when it is no use to go on; they throw `unavailable`. */
  readonly deadline?: () => AbortSignal | undefined;
}

// A healthy answer takes milliseconds. Three tries of this length end well before the function's own limit, so that
// the caller gets a problem document and not a broken connection.
const CALL = { maxAttempts: 3, answerTimeoutMilliseconds: 2000 };

/** A client whose every call ends: with an answer, or after a few tries with an error. */
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

/** The name under which a table was deployed. */
export function tableOf({ tables }: Dynamo, name: TableName): string {
  const deployed = tables[name];
  if (deployed === undefined) throw new Error(`This function knows no table of ${name}.`);
  return deployed;
}
