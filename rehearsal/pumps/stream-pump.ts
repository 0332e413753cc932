import { randomUUID } from 'node:crypto';
import { REGION } from '../aws/cloud.ts';
import { type Json, jsonCall } from '../aws/json-call.ts';
import { fitsPattern } from '../bus/event-pattern.ts';
import type { Mapping } from '../deployed/model.ts';
import type { Faults } from '../faults/faults.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { failedItems } from './failed-items.ts';
import { type Pump, startPump } from './pump.ts';

export interface StreamOptions {
  readonly mapping: Mapping;
  readonly shortName: string;
  readonly pool: FunctionPool;
  readonly dynamoDbUrl: string;
  /** Dynoxide's own stream. */
  readonly streamArn: string;
  readonly faults: Faults;
  delivered(count: number): void;
  /** Sends the position of a failed batch to the mapping's destination. */
  giveUp(destination: string, message: object): Promise<void>;
  failed(error: unknown): void;
}

interface Shard {
  readonly id: string;
  /** The shard iterator of the next records; undefined after a closed shard is empty. */
  iterator: string | undefined;
}

const STREAMS = 'DynamoDBStreams_20120810';
// Lambda waits up to minutes. The rehearsal waits less.
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 2000;

/** Delivers a stream's records to the function in order, by the mapping's settings. */
export function streamPump(options: StreamOptions): Pump {
  const { mapping, pool, dynamoDbUrl, streamArn } = options;
  const shards = new Map<string, Shard>();
  const filters = mapping.filters.map((filter) => JSON.parse(filter));
  let stopped = false;

  async function step(): Promise<'empty' | 'more'> {
    await findShards();
    let state: 'empty' | 'more' = 'empty';
    for (const shard of shards.values()) {
      if (shard.iterator === undefined) continue;
      const page = await jsonCall(dynamoDbUrl, `${STREAMS}.GetRecords`, { ShardIterator: shard.iterator });
      if (page.Records.length > 0) state = 'more';
      const events = page.Records.map((record: Json) => ({
        ...record,
        eventSourceARN: mapping.sourceArn,
        awsRegion: REGION,
      }));
      const wanted =
        filters.length === 0
          ? events
          : events.filter((one: Json) => filters.some((filter) => fitsPattern(filter, one)));
      for (let at = 0; at < wanted.length; at += mapping.batchSize) {
        await deliver(shard.id, wanted.slice(at, at + mapping.batchSize));
      }
      shard.iterator = page.NextShardIterator;
    }
    return state;
  }

  async function findShards(): Promise<void> {
    const { StreamDescription } = await jsonCall(dynamoDbUrl, `${STREAMS}.DescribeStream`, { StreamArn: streamArn });
    for (const { ShardId } of StreamDescription.Shards) {
      if (shards.has(ShardId)) continue;
      const from = { StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
      const { ShardIterator } = await jsonCall(dynamoDbUrl, `${STREAMS}.GetShardIterator`, from);
      shards.set(ShardId, { id: ShardId, iterator: ShardIterator });
    }
  }

  /** Delivers the records until the function succeeds or the tries are used up. */
  async function deliver(shardId: string, records: Json[], tries = 0): Promise<void> {
    let batch = records;
    for (let attempt = tries; batch.length > 0 && !stopped; attempt += 1) {
      const invocation = await pool.invoke({ Records: batch });
      const numbers = batch.map((one) => one.dynamodb.SequenceNumber as string);
      const failed = new Set(failedItems(invocation, numbers, mapping.reportsItemFailures));
      const first = numbers.findIndex((one) => failed.has(one));
      const taken = first < 0 ? batch.length : first;
      options.delivered(taken);
      if (taken === batch.length && options.faults.isInjected('redelivery', options.shortName)) continue;
      batch = batch.slice(taken);
      if (batch.length === 0) return;
      const isSpent = mapping.maximumRetries >= 0 && attempt >= mapping.maximumRetries;
      if (isSpent) return giveUp('RetryAttemptsExhausted', shardId, batch, attempt + 1);
      const isOld = options.faults.isInjected('expiry', options.shortName);
      if (isOld) return giveUp('EventAgeExceeded', shardId, batch, attempt + 1);
      await pause(attempt);
      if (mapping.bisects && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await deliver(shardId, batch.slice(0, middle), attempt + 1);
        return deliver(shardId, batch.slice(middle), attempt + 1);
      }
    }
  }

  async function giveUp(condition: string, shardId: string, batch: Json[], count: number): Promise<void> {
    if (mapping.onFailureArn === undefined) return;
    await options.giveUp(mapping.onFailureArn, {
      requestContext: {
        requestId: randomUUID(),
        functionArn: pool.fn.arn,
        condition,
        approximateInvokeCount: count,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: batch[0].dynamodb.SequenceNumber,
        endSequenceNumber: batch.at(-1).dynamodb.SequenceNumber,
        batchSize: batch.length,
        streamArn: mapping.sourceArn,
      },
    });
  }

  const pump = startPump(mapping.sourceArn, step, options.failed);
  return {
    ...pump,
    stop() {
      stopped = true;
      return pump.stop();
    },
  };
}

function pause(attempt: number): Promise<void> {
  const milliseconds = Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** Math.min(attempt, 10));
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
