import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventRecord, recordsInStream, recordsInTable, type StreamPosition } from './event-records.ts';

// Gives the relay once more what it gave up. Consumers do not mind an event that comes again.
const HELP = `Usage: npm run replay-events -- ENVIRONMENT
         what the relay's dead-letter queue names, as long as the streams have it (a day)
       npm run replay-events -- ENVIRONMENT --table tickets --from 2026-01-31T10:00:00Z --to 2026-01-31T11:00:00Z
         the events of a table in a time, from the table; reads all of it

Dead letters whose events were replayed are removed. AWS_REGION says where.`;

const BATCH = 100;
const FUNCTION = new LambdaClient();
const QUEUES = new SQSClient();

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { table: text, from: text, to: text } });
const [environment] = positionals;
const { table, from, to } = values;
const range = [new Date(from ?? ''), new Date(to ?? '')] as const;
const isRange = table !== undefined && range.every((time) => !Number.isNaN(time.getTime()));
if (environment === undefined || positionals.length > 1 || (Object.keys(values).length > 0 && !isRange)) {
  console.error(HELP);
  process.exit(2);
}

try {
  if (table === undefined) process.exitCode = (await replayDeadLetters()) ? 0 : 1;
  else await replayTable(table);
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
async function replayDeadLetters(): Promise<boolean> {
  const { QueueUrl } = await QUEUES.send(new GetQueueUrlCommand({ QueueName: `support-relay-dlq-${environment}` }));
  let forgotten = 0;
  for (;;) {
    // What is left in the queue is hidden for the time that a run takes, and comes back soon after.
    const waiting = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 2 };
    const { Messages = [] } = await QUEUES.send(new ReceiveMessageCommand(waiting));
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
