import { describe, expect, it } from 'vitest';
import { replayDeliveries } from './dead-deliveries.ts';

const delivery = (id: string) => ({ version: '0', source: 'curlew', 'detail-type': 'ticket.created', detail: { id } });
/** A record of Lambda about a failed invocation. */
const record = (id: string) => ({
  version: '1.0',
  requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload: delivery(id),
  responseContext: { statusCode: 200, functionError: 'Unhandled' },
  responsePayload: { errorType: 'Error', errorMessage: 'no storage' },
});

describe('a dead letter of a subscription', () => {
  /** A queue whose messages are hidden after they are received. */
  function queueOf(...bodies: string[]) {
    const visible = [...bodies];
    const left = new Set(bodies);
    const receive = async () =>
      visible.splice(0, 10).map((body) => ({ body, remove: async () => void left.delete(body) }));
    return { visible, left, receive };
  }

  it('is delivered again and removed, for records of Lambda and of the bus', async () => {
    const { receive, left } = queueOf(JSON.stringify(record('evt_1')), JSON.stringify(delivery('evt_2')));
    const called: object[] = [];
    const outcome = await replayDeliveries(receive, async (one) => void called.push(one));
    expect(outcome).toEqual({ replayed: 2, unknown: [], returned: [] });
    expect([called, left.size]).toEqual([[delivery('evt_1'), delivery('evt_2')], 0]);
  });

  it('is read to the end of the queue', async () => {
    const { receive, left } = queueOf(...Array.from({ length: 25 }, (_, i) => JSON.stringify(record(`evt_${i}`))));
    expect(await replayDeliveries(receive, async () => {})).toMatchObject({ replayed: 25 });
    expect(left.size).toBe(0);
  });

  it('stays in the queue if its function cannot be called', async () => {
    const { receive, left } = queueOf(JSON.stringify(record('evt_1')), JSON.stringify(record('evt_2')));
    const call = (one: object) =>
      JSON.stringify(one).includes('evt_2') ? Promise.reject(new Error('no function')) : Promise.resolve();
    await expect(replayDeliveries(receive, call)).rejects.toThrow('no function');
    expect([...left]).toEqual([JSON.stringify(record('evt_2'))]);
  });

  it('is delivered only once if it returns to the queue', async () => {
    const { receive, visible, left } = queueOf(JSON.stringify(record('evt_1')));
    let calls = 0;
    const outcome = await replayDeliveries(receive, async () => {
      calls += 1;
      const again = JSON.stringify({ ...record('evt_1'), timestamp: calls });
      visible.push(again);
      left.add(again);
    });
    expect([calls, outcome]).toEqual([1, { replayed: 1, unknown: [], returned: ['evt_1'] }]);
    expect(left.size).toBe(1);
  });

  it.each(['not JSON', 'null', '{}', '{"detail":{}}', '{"requestPayload":{"Records":[]}}'])(
    'stays in the queue if its format is unknown: %s',
    async (body) => {
      const { receive, left } = queueOf(body);
      const outcome = await replayDeliveries(receive, () => Promise.reject(new Error('must not be called')));
      expect([outcome, left.size]).toEqual([{ replayed: 0, unknown: [body], returned: [] }, 1]);
    },
  );
});
