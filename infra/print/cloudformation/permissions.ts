import type { FunctionDesign, TableAccess, TextReadingRights } from '../../../backend/src/hosts/lambda/functions.ts';
import { getAtt, type Intrinsic, onlyIf, ref, sub } from './intrinsics.ts';
import { BUS_ID, deadLetterQueueId, FILES_ID, functionId, logicalId, tableId } from './names.ts';

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: Intrinsic | readonly Intrinsic[] | '*';
}

/** The statements of a function's role: only the actions that the function calls, only on resources that it uses. */
export function permissions(design: FunctionDesign): readonly (Statement | Intrinsic)[] {
  return [
    ...Object.entries(design.tables).flatMap(([table, access]) => tableStatements(table, access)),
    ...triggerStatements(design),
    ...(design.reading === undefined ? [] : readingStatements(design.reading)),
    allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], getAtt(`${functionId(design.name)}Logs`, 'Arn')),
    // X-Ray's actions cannot be limited to resources.
    allow('Tracing', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
  ];
}

function tableStatements(table: string, access: TableAccess): Statement[] {
  const actions = access.items.map((action) => `dynamodb:${action}`);
  const items = allow(`${logicalId(table)}Items`, actions, getAtt(tableId(table), 'Arn'));
  const indexes = access.indexes?.map((index) => sub(`\${${tableId(table)}.Arn}/index/${index}`));
  return indexes ? [items, allow(`${logicalId(table)}Indexes`, ['dynamodb:Query'], indexes)] : [items];
}

function triggerStatements(design: FunctionDesign): Statement[] {
  if (design.trigger === 'streams') {
    const streams = design.streams.map((table) => getAtt(tableId(table), 'StreamArn'));
    return [
      allow('Events', ['events:PutEvents'], getAtt(BUS_ID, 'Arn')),
      allow('Streams', ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], streams),
      // dynamodb:ListStreams cannot be limited to resources.
      allow('ListStreams', ['dynamodb:ListStreams'], '*'),
      allow('GivenUp', ['sqs:SendMessage'], getAtt(deadLetterQueueId(design.name), 'Arn')),
    ];
  }
  if (design.trigger === 'subscription') {
    return [allow('GivenUp', ['sqs:SendMessage'], getAtt(deadLetterQueueId(design.subscription), 'Arn'))];
  }
  return [];
}

function readingStatements({ comprehend, classifier, files }: TextReadingRights): (Statement | Intrinsic)[] {
  return [
    // Comprehend's actions cannot be limited to resources, except for a custom classifier.
    onlyIf('ReadsByComprehend', allow('Texts', comprehend, '*')),
    onlyIf('HasClassifier', allow('Classifier', classifier, ref('ComprehendClassifier'))),
    allow('Learned', files, sub(`\${${FILES_ID}.Arn}/learned/*`)),
    // For a missing object, S3 answers 404 only if the caller may list the bucket, otherwise 403.
    allow('LearnedNames', ['s3:ListBucket'], getAtt(FILES_ID, 'Arn')),
  ];
}

function allow(sid: string, actions: readonly string[], resource: Statement['Resource']): Statement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resource };
}
