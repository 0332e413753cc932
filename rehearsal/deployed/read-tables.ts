import { DescribeTableCommand, DescribeTimeToLiveCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Cloud } from '../aws/cloud.ts';
import type { DeployedTable } from './model.ts';

export async function readTables({ tables }: Cloud): Promise<DeployedTable[]> {
  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  return Promise.all(
    TableNames.map(async (name): Promise<DeployedTable> => {
      const { Table } = await tables.send(new DescribeTableCommand({ TableName: name }));
      const { TimeToLiveDescription } = await tables.send(new DescribeTimeToLiveCommand({ TableName: name }));
      const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      }));
      const hasStream = Table?.StreamSpecification?.StreamEnabled === true;
      return {
        name,
        arn: Table?.TableArn ?? '',
        streamArn: hasStream ? Table?.LatestStreamArn : undefined,
        schema: {
          TableName: name,
          AttributeDefinitions: Table?.AttributeDefinitions,
          KeySchema: Table?.KeySchema,
          BillingMode: 'PAY_PER_REQUEST',
          ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
          ...(hasStream && { StreamSpecification: Table?.StreamSpecification }),
        },
        expiresBy:
          TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' ? TimeToLiveDescription.AttributeName : undefined,
      };
    }),
  );
}
