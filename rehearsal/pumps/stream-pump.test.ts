import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../aws/json-call.ts';
import type { Mapping } from '../deployed/model.ts';
import { faults } from '../faults/faults.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Invocation } from '../functions/function-process.ts';
import type { Pump } from './pump.ts';
import { streamPump } from './stream-pump.ts';

const record = (n: number, sk = 'E#1') => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(n), Keys: { sk: { S: sk } } },
});
const mapping: Mapping = {
  functionName: 'relay',
  sourceArn: 'arn:deployed',
  batchSize: 10,
  filters: ['{"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"E#"}]}}}}'],
  reportsItemFailures: true,
  bisects: true,
  maximumRetries: -1,
  onFailureArn: 'arn:dead',
};

describe('a stream', () => {
  let server: Server;
  let records: Json[];
  let pump: Pump;
  let batches: string[][];
  let givenUp: Json[];
  beforeEach(async () => {
    records = [];
    batches = [];
    givenUp = [];
    server = createServer(async (request, response) => {
      const { ShardIterator } = (await json(request)) as Json;
      const answers: Record<string, () => object> = {
        DescribeStream: () => ({ StreamDescription: { Shards: [{ ShardId: 's' }] } }),
        GetShardIterator: () => ({ ShardIterator: '0' }),
        GetRecords: () => ({
          Records: records.filter(({ dynamodb }) => Number(dynamodb.SequenceNumber) > Number(ShardIterator)),
          NextShardIterator: records.at(-1)?.dynamodb.SequenceNumber ?? ShardIterator,
        }),
      };
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      response.end(JSON.stringify(answers[operation]?.()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await pump.stop();
    server.close();
    server.closeAllConnections();
  });

  /** Pumps to a function that fails the given number of times for each record. */
  async function carried(given: Json[], failing: Record<string, number>, more: Partial<Mapping> = {}): Promise<void> {
    records = given;
    const left = new Map(Object.entries(failing));
    const invoke = async (event: Json): Promise<Invocation> => {
      const numbers: string[] = event.Records.map((one: Json) => one.dynamodb.SequenceNumber);
      batches.push(numbers);
      const bad = numbers.find((one) => (left.get(one) ?? 0) > 0);
      if (bad !== undefined) left.set(bad, (left.get(bad) ?? 0) - 1);
      const batchItemFailures = bad === undefined ? [] : [{ itemIdentifier: bad }];
      return { kind: 'result', payload: JSON.stringify({ batchItemFailures }) };
    };
    pump = streamPump({
      mapping: { ...mapping, ...more },
      shortName: 'relay',
      pool: { invoke, fn: { arn: 'arn:relay' } } as unknown as FunctionPool,
      dynamoDbUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      streamArn: 'arn:local',
      faults: faults(),
      delivered: () => {},
      giveUp: async (_, message) => {
        givenUp.push(message);
      },
      failed: (error) => {
        throw error;
      },
    });
    await pump.drained();
  }

  it('is delivered in batches, without filtered records', async () => {
    await carried([record(1), record(2, 'A'), record(3), record(4)], {}, { batchSize: 2 });
    expect(batches).toEqual([['1', '3'], ['4']]);
  });

  it('continues at the first failed record, with halved batches', async () => {
    await carried(
      [1, 2, 3, 4].map((n) => record(n)),
      { 3: 1 },
    );
    expect(batches).toEqual([['1', '2', '3', '4'], ['3'], ['4']]);
  });

  it('reports the position after the last try, and continues', async () => {
    await carried(
      [1, 2].map((n) => record(n)),
      { 1: 99 },
      { maximumRetries: 2, batchSize: 1 },
    );
    expect(batches).toEqual([['1'], ['1'], ['1'], ['2']]);
    expect(givenUp).toMatchObject([
      { requestContext: { approximateInvokeCount: 3 }, DDBStreamBatchInfo: { startSequenceNumber: '1', batchSize: 1 } },
    ]);
  });
});
