import { type Json, jsonCall } from './aws/json-call.ts';
import type { DeployedTable } from './deployed/model.ts';
import type { DynamoDbEngine } from './dynamodb/start-dynoxide.ts';

const DYNAMODB = 'DynamoDB_20120810';

/** Stores the data of the deployed tables in Dynoxide, because moto's transactions are not safe under concurrency. */
export function localTables({ url, restart }: DynamoDbEngine, tables: readonly DeployedTable[]) {
  const streams = new Map<string, string>();

  async function create({ name, schema, expiresBy, streamArn }: DeployedTable): Promise<void> {
    const { TableDescription } = await jsonCall(url, `${DYNAMODB}.CreateTable`, schema);
    if (streamArn !== undefined) streams.set(streamArn, TableDescription.LatestStreamArn);
    if (expiresBy !== undefined) {
      const TimeToLiveSpecification = { AttributeName: expiresBy, Enabled: true };
      await jsonCall(url, `${DYNAMODB}.UpdateTimeToLive`, { TableName: name, TimeToLiveSpecification });
    }
  }

  return {
    /** The ARN of Dynoxide's stream for a deployed stream's ARN. */
    streamOf(deployedArn: string): string {
      const stream = streams.get(deployedArn);
      if (stream === undefined) throw new Error(`No table has the stream ${deployedArn}.`);
      return stream;
    },
    /**
     * Creates all tables, empty, in a restarted engine: a recreated table would show its predecessor's stream records.
     */
    async create(): Promise<void> {
      await restart();
      for (const table of tables) await create(table);
    },
    /** All items of tables with a stream whose sort key begins with the text. */
    async streamedItemsBy(sortKeyPrefix: string): Promise<Json[]> {
      const streamed = tables.filter(({ streamArn }) => streamArn !== undefined);
      const pages = await Promise.all(
        streamed.map(async ({ name }) => {
          const items: Json[] = [];
          let from: Json;
          do {
            const page = await jsonCall(url, `${DYNAMODB}.Scan`, {
              TableName: name,
              FilterExpression: 'begins_with(sk, :prefix)',
              ExpressionAttributeValues: { ':prefix': { S: sortKeyPrefix } },
              ExclusiveStartKey: from,
            });
            items.push(...page.Items);
            from = page.LastEvaluatedKey;
          } while (from !== undefined);
          return items;
        }),
      );
      return pages.flat();
    },
  };
}

export type LocalTables = ReturnType<typeof localTables>;
