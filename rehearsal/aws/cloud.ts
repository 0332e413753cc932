import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';

export const REGION = 'eu-central-1';
export const CREDENTIALS = { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' };

/** AWS clients for the stand-in. */
export function cloudAt(endpoint: string) {
  const options = { endpoint, region: REGION, credentials: CREDENTIALS };
  return {
    endpoint,
    restApis: new APIGatewayClient(options),
    httpApis: new ApiGatewayV2Client(options),
    tables: new DynamoDBClient(options),
    events: new EventBridgeClient(options),
    roles: new IAMClient({ ...options, region: 'us-east-1' }),
    functions: new LambdaClient(options),
    queues: new SQSClient(options),
  };
}

export type Cloud = ReturnType<typeof cloudAt>;
