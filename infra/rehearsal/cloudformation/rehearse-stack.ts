import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipName } from '../../../backend/build/zip-name.ts';
import { tableVariable } from '../../../backend/src/hosts/lambda/config.ts';
import { TABLES } from '../../../backend/src/services/tables.ts';
import { PRINTED_FUNCTIONS } from '../../print/cloudformation/printed-functions.ts';
import { TEMPLATE_PATH } from '../../print/cloudformation/template.ts';
import { generatedFiles } from '../../print/data/generated.ts';
import type { StandIn } from './stand-in.ts';

export type Layout = 'one-function' | 'per-service';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUCKET = 'packages';

/**
 * Packages the template and the zips like a user with an AWS account, creates the stack, compares its resources with
 * the code, and deletes the stack. Throws at the first difference. Returns descriptions of the checked resources.
 */
export async function rehearseStack({ aws, url }: StandIn, layout: Layout): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-cloudformation-'));
  const name = `curlew-${layout}`;
  try {
    const packaged = join(folder, 'packaged.yaml');
    await aws('s3', 'mb', `s3://${BUCKET}`);
    await aws(
      ...['cloudformation', 'package', '--template-file', join(ROOT, TEMPLATE_PATH)],
      ...['--s3-bucket', BUCKET, '--output-template-file', packaged],
    );
    await aws('s3', 'cp', packaged, `s3://${BUCKET}/packaged.yaml`);
    // Not `deploy`, because it uses a change set, and the stand-in loses the outputs of a stack from a change set.
    await aws(
      ...['cloudformation', 'create-stack', '--stack-name', name, '--template-url', `${url}/${BUCKET}/packaged.yaml`],
      ...['--capabilities', 'CAPABILITY_IAM', '--parameters', `ParameterKey=Layout,ParameterValue=${layout}`],
    );
    const found = await Promise.all([
      checkStack(aws, name),
      checkFunctions(aws, layout),
      checkTables(aws),
      checkApi(aws),
      checkEvents(aws),
    ]);
    await aws('cloudformation', 'delete-stack', '--stack-name', name);
    await checkNothingIsLeft(aws);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Aws = StandIn['aws'];

async function checkStack(aws: Aws, name: string): Promise<string> {
  const [stack] = (await aws('cloudformation', 'describe-stacks', '--stack-name', name, '--query', 'Stacks')) as [
    { StackStatus: string; Outputs: { OutputKey: string; OutputValue: string }[] },
  ];
  assert.equal(stack.StackStatus, 'CREATE_COMPLETE');
  const endpoint = stack.Outputs.find(({ OutputKey }) => OutputKey === 'ApiEndpoint')?.OutputValue;
  assert.match(endpoint ?? '', /^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/dev$/);
  return `stack ${name} at ${endpoint}`;
}

async function checkFunctions(aws: Aws, layout: Layout): Promise<string> {
  const deployed = (await aws('lambda', 'list-functions', '--query', 'Functions')) as {
    FunctionName: string;
    CodeSha256: string;
    Environment: { Variables: Record<string, string> };
  }[];
  const isInLayout = layout === 'one-function' ? (name: string) => name === 'all' : (name: string) => name !== 'all';
  const expected = PRINTED_FUNCTIONS.filter(({ name, trigger }) => trigger !== 'http' || isInLayout(name));
  assert.deepEqual(
    deployed.map(({ FunctionName }) => FunctionName).sort(),
    expected.map(({ name }) => `support-${name}-dev`).sort(),
  );
  for (const { name, tables } of expected) {
    const found = deployed.find(({ FunctionName }) => FunctionName === `support-${name}-dev`);
    const zip = readFileSync(join(ROOT, 'dist', zipName(name)));
    assert.equal(found?.CodeSha256, createHash('sha256').update(zip).digest('base64'), `code of ${name}`);
    for (const table of Object.keys(tables)) {
      assert.equal(found?.Environment.Variables[tableVariable(table)], `support-${table}-dev`);
    }
  }
  return `${expected.length} functions, each with its zip`;
}

async function checkTables(aws: Aws): Promise<string> {
  const names = Object.keys(TABLES);
  for (const design of Object.values(TABLES)) {
    const query = 'Table.[GlobalSecondaryIndexes[].IndexName, StreamSpecification.StreamEnabled]';
    const words = ['dynamodb', 'describe-table', '--table-name', `support-${design.name}-dev`, '--query', query];
    const [indexes, streams] = (await aws(...words)) as [string[] | null, boolean | null];
    assert.deepEqual(
      indexes ?? [],
      design.indexes.map(({ name }) => name),
    );
    assert.equal(streams ?? false, design.stream);
  }
  return `${names.length} tables with their indexes and streams`;
}

async function checkApi(aws: Aws): Promise<string> {
  const id = (await aws('apigateway', 'get-rest-apis', '--query', 'items[-1].id')) as string;
  const words = ['apigateway', 'get-resources', '--rest-api-id', id, '--embed', 'methods', '--limit', '500'];
  const resources = (await aws(...words, '--query', 'items')) as {
    path: string;
    resourceMethods?: { ANY?: unknown };
  }[];
  const pathsWithMethod = new Set(resources.filter((one) => one.resourceMethods?.ANY).map(({ path }) => path));
  const routes: { path: string }[] = JSON.parse(generatedFiles().get('routes.json') ?? '[]');
  for (const { path } of [...routes, { path: '/{proxy+}' }])
    assert.ok(pathsWithMethod.has(path), `${path} has a method`);
  assert.deepEqual(await aws('apigateway', 'get-stages', '--rest-api-id', id, '--query', 'item[].stageName'), ['dev']);
  return `a REST API with ${pathsWithMethod.size} paths`;
}

async function checkEvents(aws: Aws): Promise<string> {
  const mappings = (await aws(
    ...['lambda', 'list-event-source-mappings', '--query', 'EventSourceMappings[].EventSourceArn'],
  )) as string[];
  const streams = PRINTED_FUNCTIONS.flatMap((design) => (design.trigger === 'streams' ? design.streams : []));
  assert.equal(mappings.filter((arn) => arn.includes(':dynamodb:')).length, streams.length);
  assert.equal(mappings.length, streams.length, 'no function polls a queue');
  const onBus = ['--event-bus-name', 'support-events-dev'];
  const rules = (await aws('events', 'list-rules', ...onBus, '--query', 'Rules[].[Name, Arn]')) as [string, string][];
  const consumers = PRINTED_FUNCTIONS.filter(({ trigger }) => trigger === 'subscription');
  assert.equal(rules.length, consumers.length);
  for (const [name, arn] of rules) {
    const of = ['events', 'list-targets-by-rule', '--rule', name, ...onBus];
    const [target] = (await aws(...of, '--query', 'Targets')) as { Arn: string; DeadLetterConfig: { Arn: string } }[];
    assert.match(target?.Arn ?? '', /:function:support-[a-z-]+-dev$/);
    assert.match(target?.DeadLetterConfig.Arn ?? '', new RegExp(`:${name.replace(/-dev$/, '-dlq-dev')}$`));
    const policy = await aws('lambda', 'get-policy', '--function-name', target?.Arn ?? '', '--query', 'Policy');
    assert.ok(JSON.stringify(policy).includes(arn), `${name} may call its function`);
  }
  // Lambda's retries are not checked: the stand-in's CloudFormation does not support AWS::Lambda::EventInvokeConfig.
  return `${streams.length} streams, ${rules.length} rules and their functions`;
}

/** Checks only resources that the stand-in deletes with a stack. It does not delete REST APIs and log groups. */
async function checkNothingIsLeft(aws: Aws): Promise<void> {
  const lists = [
    ['lambda', 'list-functions', '--query', 'Functions[].FunctionName'],
    ['lambda', 'list-event-source-mappings', '--query', 'EventSourceMappings[].UUID'],
    ['dynamodb', 'list-tables', '--query', 'TableNames'],
    ['iam', 'list-roles', '--query', 'Roles[].RoleName'],
    ['sqs', 'list-queues', '--query', 'QueueUrls || `[]`'],
  ];
  const left = await Promise.all(lists.map((words) => aws(...words)));
  assert.deepEqual(left.flat(), []);
}
