import { FUNCTIONS, type FunctionDesign } from '../../../backend/src/hosts/lambda/functions.ts';
import { SUBSCRIPTIONS_EVERYWHERE } from '../../../backend/src/services/index.ts';
import { getAtt, ref } from './intrinsics.ts';
import { BUS_ID, deadLetterQueueId, functionId, logicalId, named, ruleId, tableId } from './names.ts';
import type { Resource, Section } from './section.ts';

const HOUR_SECONDS = 60 * 60;
const RETENTION_SECONDS = 14 * 24 * HOUR_SECONDS;

export function bus(): Section {
  return {
    comment: 'The event bus. An event goes from the stream of a table through relay, bus and rule to a function.',
    resources: { [BUS_ID]: { Type: 'AWS::Events::EventBus', Properties: { Name: named('events') } } },
  };
}

/** The relay, which carries events from the streams to the bus: a mapping for each stream, and a dead-letter queue. */
export function relays(): readonly Section[] {
  return FUNCTIONS.flatMap((design) => (design.trigger === 'streams' ? [relay(design)] : []));
}

function relay(design: FunctionDesign & { trigger: 'streams' }): Section {
  const dead = deadLetterQueueId(design.name);
  const mappings = design.streams.map((table) => [`${logicalId(table)}Stream`, streamMapping(design, table)] as const);
  return {
    comment: `The streams that the ${design.name} reads. If a record fails for half a day, its stream position goes to the dead-letter queue.`,
    resources: {
      [dead]: queue(`${design.name}-dlq`),
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
      // A stream keeps its records for a day. Retries end after half a day, so the other half remains for a replay.
      MaximumRecordAgeInSeconds: 12 * HOUR_SECONDS,
      DestinationConfig: { OnFailure: { Destination: getAtt(deadLetterQueueId(design.name), 'Arn') } },
    },
  };
}

/** Each subscription: its rule, which calls its function, and its dead-letter queue. */
export function subscriptions(): readonly Section[] {
  return SUBSCRIPTIONS_EVERYWHERE.map(({ name, events }) => {
    const design = FUNCTIONS.find((one) => one.trigger === 'subscription' && one.subscription === name);
    if (design === undefined) throw new Error(`No function listens to ${name}.`);
    const dead = deadLetterQueueId(name);
    return {
      comment: `The events of ${name}. After three failures an event goes to the dead-letter queue.`,
      resources: {
        [dead]: queue(`${name}-dlq`),
        [ruleId(name)]: rule(name, events, design),
        [`${dead}Policy`]: queuePolicy(dead, [sending(dead, ruleId(name))]),
        [`${ruleId(name)}Permission`]: permission(design, ruleId(name)),
        [`${logicalId(name)}Retries`]: retries(design, dead),
      },
    };
  });
}

function queue(name: string): Resource {
  return {
    Type: 'AWS::SQS::Queue',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      QueueName: named(name),
      MessageRetentionPeriod: RETENTION_SECONDS,
      SqsManagedSseEnabled: true,
    },
  };
}

function rule(name: string, events: readonly string[], design: FunctionDesign): Resource {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: named(name),
      EventBusName: getAtt(BUS_ID, 'Name'),
      EventPattern: { source: ['curlew'], 'detail-type': events },
      Targets: [
        {
          Id: 'function',
          Arn: getAtt(functionId(design.name), 'Arn'),
          // Receives events that the bus cannot deliver to Lambda within a day.
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

function permission(design: FunctionDesign, rule: string): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref(functionId(design.name)),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt(rule, 'Arn'),
    },
  };
}

/** The maximum values of Lambda: two retries after an error, and six hours for an event that it cannot run. */
function retries(design: FunctionDesign, deadLetterQueue: string): Resource {
  return {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref(functionId(design.name)),
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 6 * HOUR_SECONDS,
      DestinationConfig: { OnFailure: { Destination: getAtt(deadLetterQueue, 'Arn') } },
    },
  };
}
