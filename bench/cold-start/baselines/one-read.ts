import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const { Item } = await client.send(new GetCommand({ TableName: 'table', Key: { pk: 'a', sk: 'A' } }));

/** `bare-sdk`, which also reads one item while it loads. */
export const handler = async () => Item;
