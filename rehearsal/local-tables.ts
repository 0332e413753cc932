import type { DeployedTable } from './deployed/model.ts';
import { type Json, jsonCall } from './json-call.ts';

export const DYNAMODB = 'DynamoDB_20120810';

/** The data of the deployed tables, in DynamoDB Local: the stand-in's transactions are not safe under concurrency. */
export function localTables(url: string, tables: readonly DeployedTable[]) {
  const streams = new Map<string, string>();

  async function create({ name, schema, expiresBy, streamArn }: DeployedTable): Promise<void> {
    const { TableDescription } = await jsonCall(url, `${DYNAMODB}.CreateTable`, schema);
    if (streamArn !== undefined) streams.set(streamArn, TableDescription.LatestStreamArn);
    if (expiresBy !== undefined) {
      const TimeToLiveSpecification = { AttributeName: expiresBy, Enabled: true };
      await jsonCall(url, `${DYNAMODB}.UpdateTimeToLive`, { TableName: name, TimeToLiveSpecification });
    }
  }

  async function drop(): Promise<void> {
    for (const { name } of tables) await jsonCall(url, `${DYNAMODB}.DeleteTable`, { TableName: name });
  }

  return {
    /** DynamoDB Local's stream of a deployed one, by ARN. */
    streamOf(deployedArn: string): string {
      const stream = streams.get(deployedArn);
      if (stream === undefined) throw new Error(`No table has the stream ${deployedArn}.`);
      return stream;
    },
    async create(): Promise<void> {
      for (const table of tables) await create(table);
    },
    async empty(): Promise<void> {
      await drop();
      for (const table of tables) await create(table);
    },
    drop,
    /** All items whose sort key begins with the text, of the tables that have a stream. */
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
