import { describe, expect, it } from 'vitest';
import { type Faults, faults } from '../faults/faults.ts';
import { asyncInvoker } from './async-invoker.ts';
import type { FunctionPool } from './function-pool.ts';
import type { Invocation } from './function-process.ts';

const FAILED: Invocation = { kind: 'error', errorType: 'Error', errorMessage: 'no storage' };
const EVENT = { detail: { id: 'evt_1' } };

describe('an asynchronous invocation', () => {
  async function invoked({ failures = 0, destination = 'arn:dead', injectedFaults = faults() } = {}) {
    const events: object[] = [];
    const records: object[] = [];
    let delivered = 0;
    const invoke = async (event: object): Promise<Invocation> =>
      events.push(event) <= failures ? FAILED : { kind: 'result', payload: 'null' };
    const asynchronous = { maximumRetries: 2, onFailureArn: destination === '' ? undefined : destination };
    const all = asyncInvoker({
      pool: { invoke, fn: { arn: 'arn:counts', asynchronous } } as unknown as FunctionPool,
      shortName: 'counts',
      faults: injectedFaults,
      minuteMilliseconds: 0,
      delivered: (count) => {
        delivered += count;
      },
      giveUp: async (queue, record) => void records.push([queue, record]),
      failed: (error) => expect.unreachable(String(error)),
    });
    all.invoke(EVENT);
    await all.drained();
    return { tries: events.length, delivered, records };
  }
  const injecting = (delivery: 'redelivery' | 'expiry'): Faults => {
    const injectedFaults = faults();
    injectedFaults.add({ function: 'counts', delivery, times: 1 });
    return injectedFaults;
  };

  it('runs once if it succeeds', async () => {
    expect(await invoked()).toEqual({ tries: 1, delivered: 1, records: [] });
  });

  it('is retried if it fails', async () => {
    expect(await invoked({ failures: 2 })).toEqual({ tries: 3, delivered: 1, records: [] });
  });

  it('is recorded with its event after the last failed try', async () => {
    const { tries, delivered, records } = await invoked({ failures: 3 });
    expect([tries, delivered]).toEqual([3, 0]);
    const requestContext = {
      functionArn: 'arn:counts:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    };
    const responsePayload = { errorType: 'Error', errorMessage: 'no storage' };
    expect(records).toMatchObject([['arn:dead', { requestContext, requestPayload: EVENT, responsePayload }]]);
  });

  it('is lost after the last failed try without a destination', async () => {
    expect(await invoked({ failures: 3, destination: '' })).toMatchObject({ delivered: 0, records: [] });
  });

  it('may be repeated after a success, and may expire before a retry', async () => {
    expect(await invoked({ injectedFaults: injecting('redelivery') })).toMatchObject({ tries: 2, delivered: 2 });
    const { tries, records } = await invoked({ failures: 1, injectedFaults: injecting('expiry') });
    expect([tries, records]).toMatchObject([1, [['arn:dead', { requestContext: { condition: 'EventAgeExceeded' } }]]]);
  });
});
