import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { SUBSCRIPTIONS } from '../../backend/src/services/index.ts';
import { awsProblem } from './aws-problem.ts';
import { replayDeliveries } from './dead-deliveries.ts';
import { type EventRecord, recordsInStream, recordsInTable, type StreamPosition } from './event-records.ts';

const BATCH = 100;
// The visibility timeout exceeds the duration of a run, so messages that stay in the queue are received once per run.
const TEN_HIDDEN = { MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 2 };

interface Options {
  readonly subscription?: string;
  readonly table?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Delivers dead letters again, or the events of a table in a period. Resolves with the exit code. */
export async function replayEvents(environment: string, { subscription, table, from, to }: Options): Promise<number> {
  const range = [new Date(from ?? ''), new Date(to ?? '')] as const;
  const isRange = range.every((time) => !Number.isNaN(time.getTime()));
  if (table === undefined ? (from ?? to) !== undefined : subscription !== undefined || !isRange) {
    console.error('--table needs --from and --to, both instants such as 2026-01-31T10:00:00Z, and no --subscription.');
    return 2;
  }
  const clients = { functions: new LambdaClient(), queues: new SQSClient(), environment };
  try {
    if (table !== undefined) await replayTable(clients, table, range);
    else if (subscription !== undefined) return (await replaySubscription(clients, subscription)) ? 0 : 1;
    else return (await replayDeadLetters(clients)) ? 0 : 1;
    return 0;
  } catch (error) {
    console.error(awsProblem(error));
    return 1;
  }
}

interface Clients {
  readonly functions: LambdaClient;
  readonly queues: SQSClient;
  readonly environment: string;
}

async function replayTable(clients: Clients, table: string, range: readonly [Date, Date]): Promise<void> {
  const records = await recordsInTable(`support-${table}-${clients.environment}`, ...range);
  await relay(clients, records);
  console.log(`Replayed ${records.length} events of ${table}.`);
}

/** Delivers a subscription's dead letters to its function again. Returns false if messages stay in the queue. */
async function replaySubscription({ functions, queues, environment }: Clients, name: string): Promise<boolean> {
  const design = FUNCTIONS.find((one) => one.trigger === 'subscription' && one.subscription === name);
  if (design === undefined) {
    throw new Error(`No subscription is called ${name}; there are ${SUBSCRIPTIONS.map((one) => one.name).join(', ')}.`);
  }
  const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: `support-${name}-dlq-${environment}` }));
  const receive = async () => {
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, ...TEN_HIDDEN }));
    return Messages.map(({ Body = '', ReceiptHandle }) => ({
      body: Body,
      remove: async () => void (await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
    }));
  };
  const FunctionName = `support-${design.name}-${environment}`;
  const call = async (delivery: object) => {
    const Payload = JSON.stringify(delivery);
    await functions.send(new InvokeCommand({ FunctionName, Payload, InvocationType: 'Event' }));
  };
  const { replayed, unknown, returned } = await replayDeliveries(receive, call);
  console.log(`Replayed ${replayed} events to ${name}; events that fail again return to the queue in some minutes.`);
  for (const body of unknown) console.error(`This message has an unknown format; check and delete it:\n${body}`);
  for (const id of returned) console.error(`${id} failed again and stays in the queue. Fix the cause first.`);
  return unknown.length + returned.length === 0;
}

/** Replays the events in the relay's dead-letter queue. Returns false if messages stay in the queue. */
async function replayDeadLetters(clients: Clients): Promise<boolean> {
  const { queues, environment } = clients;
  const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: `support-relay-dlq-${environment}` }));
  let forgotten = 0;
  for (;;) {
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, ...TEN_HIDDEN }));
    if (Messages.length === 0) break;
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      const position: StreamPosition = JSON.parse(Body).DDBStreamBatchInfo;
      const records = await recordsInStream(position);
      if (records === undefined) {
        forgotten += 1;
        console.error(
          `The stream no longer has the records of this message; replay them from the table, and delete the message:\n${Body}`,
        );
        continue;
      }
      await relay(clients, records);
      await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      console.log(`Replayed ${records.length} events of ${position.streamArn.split('/')[1]}.`);
    }
  }
  if (forgotten === 0) console.log('The queue is empty.');
  return forgotten === 0;
}

/** Calls the relay with the records. Throws if the relay does not accept all records. */
async function relay({ functions, environment }: Clients, records: readonly EventRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += BATCH) {
    const Payload = JSON.stringify({ Records: records.slice(at, at + BATCH) });
    const answer = await functions.send(new InvokeCommand({ FunctionName: `support-relay-${environment}`, Payload }));
    const said = answer.Payload?.transformToString() ?? '';
    const failed = answer.FunctionError !== undefined || JSON.parse(said || '{}')?.batchItemFailures?.length > 0;
    if (failed) throw new Error(`The relay failed; its log has the reason. It answered: ${said}`);
  }
}
