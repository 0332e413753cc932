import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SUBSCRIPTIONS } from '@curlew/core/subscriptions';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { replayDeliveries } from './dead-deliveries.ts';
import { type EventRecord, recordsInStream, recordsInTable, type StreamPosition } from './event-records.ts';

// Brings back what was given up. Consumers do not mind an event that comes again.
const HELP = `Usage: npm run replay-events -- ENVIRONMENT
         what the relay's dead-letter queue names, as long as the streams have it (a day)
       npm run replay-events -- ENVIRONMENT --subscription ticket-counts
         what lies in a subscription's dead-letter queue: its function is called with each event once more
       npm run replay-events -- ENVIRONMENT --table tickets --from 2026-01-31T10:00:00Z --to 2026-01-31T11:00:00Z
         the events of a table in a time, from the table; reads all of it

Dead letters whose events were replayed are removed. AWS_REGION says where.`;

const BATCH = 100;
// What is left in a queue is hidden for the time that a run takes, and comes back soon after.
const TEN_HIDDEN = { MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 2 };
const FUNCTION = new LambdaClient();
const QUEUES = new SQSClient();

const text = { type: 'string' } as const;
const options = { subscription: text, table: text, from: text, to: text };
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const [environment] = positionals;
const { subscription, table, from, to } = values;
const range = [new Date(from ?? ''), new Date(to ?? '')] as const;
const isRange = range.every((time) => !Number.isNaN(time.getTime()));
const given = Object.keys(values).sort().join(' ');
const isKnown = ['', 'subscription'].includes(given) || (given === 'from table to' && isRange);
if (environment === undefined || positionals.length > 1 || !isKnown) {
  console.error(HELP);
  process.exit(2);
}

try {
  if (table !== undefined) await replayTable(table);
  else if (subscription !== undefined) process.exitCode = (await replaySubscription(subscription)) ? 0 : 1;
  else process.exitCode = (await replayDeadLetters()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function replayTable(table: string): Promise<void> {
  const records = await recordsInTable(`support-${table}-${environment}`, ...range);
  await relay(records);
  console.log(`Replayed ${records.length} events of ${table}.`);
}

/** False when something is left in the queue. */
async function replaySubscription(name: string): Promise<boolean> {
  const design = FUNCTIONS.find((one) => one.trigger === 'subscription' && one.subscription === name);
  if (design === undefined) {
    throw new Error(`No subscription is called ${name}; there are ${SUBSCRIPTIONS.map((one) => one.name).join(', ')}.`);
  }
  const { QueueUrl } = await QUEUES.send(new GetQueueUrlCommand({ QueueName: `support-${name}-dlq-${environment}` }));
  const receive = async () => {
    const { Messages = [] } = await QUEUES.send(new ReceiveMessageCommand({ QueueUrl, ...TEN_HIDDEN }));
    return Messages.map(({ Body = '', ReceiptHandle }) => ({
      body: Body,
      remove: async () => void (await QUEUES.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
    }));
  };
  const FunctionName = `support-${design.name}-${environment}`;
  const call = async (delivery: object) => {
    const Payload = JSON.stringify(delivery);
    await FUNCTION.send(new InvokeCommand({ FunctionName, Payload, InvocationType: 'Event' }));
  };
  const { replayed, unknown, returned } = await replayDeliveries(receive, call);
  console.log(`Replayed ${replayed} events to ${name}; what fails again comes back in some minutes.`);
  for (const body of unknown) console.error(`Nobody knows what this is; look at it, and delete it:\n${body}`);
  for (const id of returned) console.error(`${id} came back: its cause is still there. It stays in the queue.`);
  return unknown.length + returned.length === 0;
}

/** False when something is left in the queue. */
async function replayDeadLetters(): Promise<boolean> {
  const { QueueUrl } = await QUEUES.send(new GetQueueUrlCommand({ QueueName: `support-relay-dlq-${environment}` }));
  let forgotten = 0;
  for (;;) {
    const { Messages = [] } = await QUEUES.send(new ReceiveMessageCommand({ QueueUrl, ...TEN_HIDDEN }));
    if (Messages.length === 0) break;
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      const position: StreamPosition = JSON.parse(Body).DDBStreamBatchInfo;
      const records = await recordsInStream(position);
      if (records === undefined) {
        forgotten += 1;
        console.error(`The stream has forgotten what this names; replay it from the table, and delete it:\n${Body}`);
        continue;
      }
      await relay(records);
      await QUEUES.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      console.log(`Replayed ${records.length} events of ${position.streamArn.split('/')[1]}.`);
    }
  }
  if (forgotten === 0) console.log('The queue is empty.');
  return forgotten === 0;
}

/** Throws when the relay does not take all of them. */
async function relay(records: readonly EventRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += BATCH) {
    const Payload = JSON.stringify({ Records: records.slice(at, at + BATCH) });
    const answer = await FUNCTION.send(new InvokeCommand({ FunctionName: `support-relay-${environment}`, Payload }));
    const said = answer.Payload?.transformToString() ?? '';
    const failed = answer.FunctionError !== undefined || JSON.parse(said || '{}')?.batchItemFailures?.length > 0;
    if (failed) throw new Error(`The relay did not take them; its log says why. It answered: ${said}`);
  }
}
