import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { beforeAll, expect, it } from 'vitest';
import type { EventPublisher } from '../../backend/src/adapters/eventbridge/event-publisher.ts';
import { relay } from '../../backend/src/hosts/lambda/relay-events.ts';
import { describeOnDynamoDb, dynamoDbEndpoint, newTableName } from '../../backend/test/dynamodb.ts';
import { recordsInStream, recordsInTable, type StreamPosition } from './event-records.ts';

describeOnDynamoDb('events to replay', () => {
  const TableName = newTableName('tickets');
  let tables: DynamoDBClient;
  let streams: DynamoDBStreamsClient;
  let whole: StreamPosition;
  let numbers: string[];

  beforeAll(async () => {
    tables = new DynamoDBClient(dynamoDbEndpoint());
    streams = new DynamoDBStreamsClient(dynamoDbEndpoint());
    const key = (name: string, type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });
    const { TableDescription } = await tables.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
    for (const sk of ['E#1', 'A', 'E#2', 'E#3', 'E#4']) await put(sk);
    // The second write of E#1 updates an item, so its stream record is not a new event.
    await put('E#1');

    const StreamArn = TableDescription?.LatestStreamArn ?? '';
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId ?? '';
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    numbers = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    whole = between(0, numbers.length - 1);
    function between(first: number, last: number): StreamPosition {
      const [startSequenceNumber = '', endSequenceNumber = ''] = [numbers[first], numbers[last]];
      return { streamArn: StreamArn, shardId: ShardId, startSequenceNumber, endSequenceNumber };
    }
  });

  async function put(sk: string): Promise<void> {
    const event = JSON.stringify({ time: `2026-01-31T10:0${sk.at(-1)}:00.000Z` });
    await tables.send(
      new PutItemCommand({ TableName, Item: { pk: { S: 'T#1' }, sk: { S: sk }, event: { S: event } } }),
    );
  }

  const keys = (records: Awaited<ReturnType<typeof recordsInStream>>) => records?.map((one) => one.dynamodb.Keys.sk?.S);

  it('are read from the stream between two positions', async () => {
    expect(keys(await recordsInStream(whole, streams))).toEqual(['E#1', 'E#2', 'E#3', 'E#4']);
    const some = { ...whole, startSequenceNumber: numbers[1] ?? '', endSequenceNumber: numbers[3] ?? '' };
    expect(keys(await recordsInStream(some, streams))).toEqual(['E#2', 'E#3']);
  });

  it('are read from the table by their time', async () => {
    const from = new Date('2026-01-31T10:02:00Z');
    const to = new Date('2026-01-31T10:03:00Z');
    expect(keys(await recordsInTable(TableName, from, to, tables))).toEqual(['E#2', 'E#3']);
  });

  it('are undefined if the stream no longer has them', async () => {
    const forgetful = new DynamoDBStreamsClient({ region: 'eu-central-1' });
    forgetful.send = () => Promise.reject(new TrimmedDataAccessException({ message: 'gone', $metadata: {} }));
    expect(await recordsInStream(whole, forgetful)).toBeUndefined();
  });

  it('have the format that the relay accepts', async () => {
    const published: unknown[] = [];
    const publisher: EventPublisher = {
      publish(events) {
        published.push(...events);
        return Promise.resolve({ taken: events.length });
      },
    };
    const report = { error: (message: string) => expect.unreachable(message), relayed() {} };
    const Records = (await recordsInStream(whole, streams)) as unknown as DynamoDBRecord[];
    expect(await relay(publisher, report)({ Records })).toEqual({ batchItemFailures: [] });
    expect(published).toHaveLength(4);
  });
});
