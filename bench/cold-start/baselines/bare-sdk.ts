import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

/** The minimum of a function on DynamoDB: a client at module scope, one read and one write. */
export const handler = async (event: { readonly id: string; readonly writes?: boolean }) => {
  const key = { pk: event.id, sk: 'A' };
  if (event.writes) await client.send(new PutCommand({ TableName: 'table', Item: key }));
  return client.send(new GetCommand({ TableName: 'table', Key: key }));
};
