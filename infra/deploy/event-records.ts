import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

/** Lambda's message in a stream's dead-letter queue. It contains the position of the records, not the records. */
export interface StreamPosition {
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
}

/** A stream record in the format of the relay's input. */
export interface EventRecord {
  readonly eventName: 'INSERT';
  readonly eventSource: 'aws:dynamodb';
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, AttributeValue>>;
    readonly NewImage: Readonly<Record<string, AttributeValue>>;
    readonly SequenceNumber: string;
    readonly StreamViewType: 'NEW_IMAGE';
  };
}

const EVENT = 'E#';

/** The events between two positions of a stream, both included; undefined if the stream no longer has the first. */
export async function recordsInStream(
  position: StreamPosition,
  streams = new DynamoDBStreamsClient(),
): Promise<EventRecord[] | undefined> {
  const found: EventRecord[] = [];
  const end = BigInt(position.endSequenceNumber);
  try {
    let { ShardIterator: next } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: position.streamArn,
        ShardId: position.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: position.startSequenceNumber,
      }),
    );
    while (next !== undefined) {
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
      const isWanted = ({ dynamodb }: _Record) => BigInt(dynamodb?.SequenceNumber ?? 0) <= end;
      found.push(
        ...Records.filter(isWanted).flatMap(({ eventName, dynamodb }) => {
          const { NewImage, SequenceNumber = '' } = dynamodb ?? {};
          return eventName === 'INSERT'
            ? eventRecord(NewImage as EventRecord['dynamodb']['NewImage'], SequenceNumber)
            : [];
        }),
      );
      const isLast = Records.some(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) >= end);
      next = isLast ? undefined : NextShardIterator;
    }
    return found;
  } catch (error) {
    if (error instanceof TrimmedDataAccessException) return undefined;
    throw error;
  }
}

/** The events of a table that happened between two times, both included. Reads the whole table. */
export async function recordsInTable(
  table: string,
  from: Date,
  to: Date,
  tables = new DynamoDBClient(),
): Promise<EventRecord[]> {
  const found: EventRecord[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await tables.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'begins_with(sk, :event)',
        ExpressionAttributeValues: { ':event': { S: EVENT } },
        ExclusiveStartKey: start,
      }),
    );
    for (const item of Items) {
      const time = new Date(JSON.parse(item.event?.S ?? '{}').time ?? Number.NaN);
      if (time >= from && time <= to) found.push(...eventRecord(item, String(found.length + 1)));
    }
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

/** One record for an event; empty for an item that is not an event. */
function eventRecord(
  image: Readonly<Record<string, AttributeValue>> | undefined,
  SequenceNumber: string,
): EventRecord[] {
  const { pk, sk } = image ?? {};
  if (image === undefined || pk === undefined || sk?.S?.startsWith(EVENT) !== true) return [];
  const dynamodb = { Keys: { pk, sk }, NewImage: image, SequenceNumber, StreamViewType: 'NEW_IMAGE' } as const;
  return [{ eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb }];
}
