import { GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { bucketNames } from './bucket.ts';
import { type Cloud, CREDENTIALS, REGION } from './cloud.ts';

/** Kind and name of each remaining resource. */
export async function listResources(cloud: Cloud): Promise<string[]> {
  const { tables, functions, roles, queues, events, httpApis, restApis } = cloud;
  const kinds: Record<string, (string | undefined)[]> = {
    table: (await tables.send(new ListTablesCommand({}))).TableNames ?? [],
    function: ((await functions.send(new ListFunctionsCommand({}))).Functions ?? []).map((one) => one.FunctionName),
    'event source mapping': (
      (await functions.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings ?? []
    ).map((one) => one.UUID),
    role: ((await roles.send(new ListRolesCommand({}))).Roles ?? []).map((one) => one.RoleName),
    policy: ((await roles.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies ?? []).map(
      (one) => one.PolicyName,
    ),
    queue: (await queues.send(new ListQueuesCommand({}))).QueueUrls ?? [],
    bucket: await bucketNames(cloud.endpoint),
    rule: ((await events.send(new ListRulesCommand({}))).Rules ?? []).map((one) => one.Name),
    bus: ((await events.send(new ListEventBusesCommand({}))).EventBuses ?? [])
      .map((one) => one.Name)
      .filter((name) => name !== 'default'),
    'HTTP API': ((await httpApis.send(new GetApisCommand({}))).Items ?? []).map((one) => one.Name),
    'REST API': ((await restApis.send(new GetRestApisCommand({}))).items ?? []).map((one) => one.name),
    'log group': await logGroups(cloud.endpoint),
    alarm: await alarms(cloud.endpoint),
    secret: await secrets(cloud.endpoint),
  };
  return Object.entries(kinds).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`));
}

async function logGroups(endpoint: string): Promise<string[]> {
  const answer = await post(endpoint, 'logs', '{}', {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'Logs_20140328.DescribeLogGroups',
  });
  return (JSON.parse(answer) as { logGroups: { logGroupName: string }[] }).logGroups.map((one) => one.logGroupName);
}

async function secrets(endpoint: string): Promise<string[]> {
  const answer = await post(endpoint, 'secretsmanager', '{"IncludePlannedDeletion":true}', {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.ListSecrets',
  });
  return (JSON.parse(answer) as { SecretList: { Name: string }[] }).SecretList.map((one) => one.Name);
}

async function alarms(endpoint: string): Promise<string[]> {
  const body = 'Action=DescribeAlarms&Version=2010-08-01';
  const answer = await post(endpoint, 'monitoring', body, { 'content-type': 'application/x-www-form-urlencoded' });
  return [...answer.matchAll(/<AlarmName>([^<]+)/g)].map(([, name = '']) => name);
}

/** For services without a client among our dependencies: one call each does not justify a dependency. */
async function post(endpoint: string, service: string, body: string, headers: Record<string, string>): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
  const response = await fetch(endpoint, { method: 'POST', body, headers: { ...headers, authorization } });
  if (!response.ok) throw new Error(`${service}: ${response.status} ${await response.text()}`);
  return response.text();
}
