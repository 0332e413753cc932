import { SUBSCRIPTIONS_EVERYWHERE } from '@curlew/core/subscriptions';
import { FUNCTIONS, type FunctionDesign } from '../../backend/src/hosts/lambda/functions.ts';
import { getAtt, ref } from './intrinsics.ts';
import { BUS_ID, deadLetterQueueId, functionId, logicalId, named, queueId, ruleId, tableId } from './names.ts';
import type { Resource, Section } from './section.ts';

const HOUR_SECONDS = 60 * 60;
const RETENTION_SECONDS = 14 * 24 * HOUR_SECONDS;
// As in the Terraform module `subscription`: more would wait for each other at the same items.
const MOST_CONSUMERS = 5;

export function bus(): Section {
  return {
    comment: 'The bus that events come by: stream of a table, relay, bus, rule, queue, function.',
    resources: { [BUS_ID]: { Type: 'AWS::Events::EventBus', Properties: { Name: named('events') } } },
  };
}

/** What carries events from the streams to the bus: a mapping for each stream, and a queue for what was given up. */
export function relays(): readonly Section[] {
  return FUNCTIONS.flatMap((design) => (design.trigger === 'streams' ? [relay(design)] : []));
}

function relay(design: FunctionDesign & { trigger: 'streams' }): Section {
  const dead = deadLetterQueueId(design.name);
  const mappings = design.streams.map((table) => [`${logicalId(table)}Stream`, streamMapping(design, table)] as const);
  return {
    comment: `What the ${design.name} reads: new events in the tables' streams. What fails for half a day leaves its place in the stream in the dead-letter queue.`,
    resources: {
      [dead]: queue(`${design.name}-dlq`, {}),
      [`${dead}Policy`]: queuePolicy(dead, []),
      ...Object.fromEntries(mappings),
    },
  };
}

function streamMapping(design: FunctionDesign, table: string): Resource {
  const isNewEvent = { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'E#' }] } } } };
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: getAtt(tableId(table), 'StreamArn'),
      FunctionName: ref(functionId(design.name)),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(isNewEvent) }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      // A stream keeps its records for a day: what fails for half of it leaves the other half to read it there.
      MaximumRecordAgeInSeconds: 12 * HOUR_SECONDS,
      DestinationConfig: { OnFailure: { Destination: getAtt(deadLetterQueueId(design.name), 'Arn') } },
    },
  };
}

/** Each subscription: its rule, its queue, its dead-letter queue, and the mapping to its function. */
export function subscriptions(): readonly Section[] {
  return SUBSCRIPTIONS_EVERYWHERE.map(({ name, events }) => {
    const design = FUNCTIONS.find((one) => one.trigger === 'subscription' && one.subscription === name);
    if (design === undefined) throw new Error(`No function listens to ${name}.`);
    const dead = deadLetterQueueId(name);
    return {
      comment: `What ${name} listens to. After five failures a message lies in the dead-letter queue.`,
      resources: {
        [dead]: queue(`${name}-dlq`, {}),
        [queueId(name)]: queue(name, {
          // Long enough for a batch to be tried and throttled: six times what the function may take.
          VisibilityTimeout: 6 * design.timeoutSeconds,
          ReceiveMessageWaitTimeSeconds: 20,
          RedrivePolicy: { deadLetterTargetArn: getAtt(dead, 'Arn'), maxReceiveCount: 5 },
        }),
        [ruleId(name)]: rule(name, events),
        [`${queueId(name)}Policy`]: queuePolicy(queueId(name), [sending(queueId(name), ruleId(name))]),
        [`${dead}Policy`]: queuePolicy(dead, [sending(dead, ruleId(name))]),
        [`${logicalId(name)}Mapping`]: queueMapping(name, design),
      },
    };
  });
}

function queue(name: string, properties: Record<string, unknown>): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      QueueName: named(name),
      MessageRetentionPeriod: RETENTION_SECONDS,
      SqsManagedSseEnabled: true,
      ...properties,
    },
  };
}

function rule(name: string, events: readonly string[]): Resource {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: named(name),
      EventBusName: getAtt(BUS_ID, 'Name'),
      EventPattern: { source: ['curlew'], 'detail-type': events },
      Targets: [
        {
          Id: 'queue',
          Arn: getAtt(queueId(name), 'Arn'),
          // What the bus could not hand to the queue within a day.
          DeadLetterConfig: { Arn: getAtt(deadLetterQueueId(name), 'Arn') },
        },
      ],
    },
  };
}

function queuePolicy(queue: string, statements: readonly Record<string, unknown>[]): Resource {
  const onlyTls = {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: getAtt(queue, 'Arn'),
    Condition: { Bool: { 'aws:SecureTransport': false } },
  };
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref(queue)],
      PolicyDocument: { Version: '2012-10-17', Statement: [...statements, onlyTls] },
    },
  };
}

function sending(queue: string, rule: string): Record<string, unknown> {
  return {
    Sid: 'OnlyThisRuleSends',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: getAtt(queue, 'Arn'),
    Condition: { ArnEquals: { 'aws:SourceArn': getAtt(rule, 'Arn') } },
  };
}

function queueMapping(name: string, design: FunctionDesign): Resource {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: getAtt(queueId(name), 'Arn'),
      FunctionName: ref(functionId(design.name)),
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: MOST_CONSUMERS },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  };
}
