import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Cloud, REGION } from '../deployed/cloud.ts';
import type { Mapping } from '../deployed/model.ts';
import type { Faults } from '../faults.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { failedItems } from './failed-items.ts';
import { type Pump, startPump } from './pump.ts';

export interface QueueOptions {
  readonly mapping: Mapping;
  readonly shortName: string;
  readonly pool: FunctionPool;
  readonly cloud: Cloud;
  readonly queueUrl: string;
  readonly faults: Faults;
  delivered(count: number): void;
  failed(error: unknown): void;
}

// Lambda has several batches of a queue under way, and so order is not kept.
const BATCHES_AT_ONCE = 3;
// The queue's own visibility time-out is minutes; nobody watches a rehearsal that long.
const RETRY_SECONDS = 1;

/** Carries a queue's messages to the function. What it does not take comes again, until the queue's redrive policy ends that. */
export function queuePump(options: QueueOptions): Pump {
  const { mapping, pool, cloud, queueUrl: QueueUrl } = options;

  async function step(): Promise<'empty' | 'more'> {
    const batches: Promise<void>[] = [];
    while (batches.length < BATCHES_AT_ONCE) {
      const { Messages = [] } = await cloud.queues.send(
        new ReceiveMessageCommand({
          QueueUrl,
          // Not the long wait that the queue may ask for: the pump is woken when there is something.
          WaitTimeSeconds: 0,
          MaxNumberOfMessages: Math.min(mapping.batchSize, 10),
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      batches.push(deliver(Messages));
    }
    await Promise.all(batches);
    if (batches.length > 0) return 'more';
    const { Attributes = {} } = await cloud.queues.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    if (Object.values(Attributes).every((count) => count === '0')) return 'empty';
    await new Promise((resolve) => setTimeout(resolve, 100));
    return 'more';
  }

  async function deliver(messages: readonly Message[]): Promise<void> {
    const invocation = await pool.invoke({ Records: messages.map((one) => record(one, mapping.sourceArn)) });
    const identifiers = messages.map(({ MessageId = '' }) => MessageId);
    const failed = new Set(failedItems(invocation, identifiers, mapping.reportsItemFailures));
    options.delivered(identifiers.length - failed.size);
    if (failed.size === 0 && options.faults.befalls('redelivery', options.shortName))
      for (const one of identifiers) failed.add(one);
    const entry = ({ MessageId, ReceiptHandle }: Message) => ({ Id: MessageId, ReceiptHandle });
    const taken = messages.filter(({ MessageId = '' }) => !failed.has(MessageId)).map(entry);
    const again = messages.filter(({ MessageId = '' }) => failed.has(MessageId)).map(entry);
    if (taken.length > 0) await cloud.queues.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: taken }));
    if (again.length > 0) {
      const Entries = again.map((one) => ({ ...one, VisibilityTimeout: RETRY_SECONDS }));
      await cloud.queues.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }

  return startPump(mapping.sourceArn, step, options.failed);
}

function record(message: Message, eventSourceARN: string): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: REGION,
  };
}
