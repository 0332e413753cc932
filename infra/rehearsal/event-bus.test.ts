import { describe, expect, it } from 'vitest';
import type { Cloud } from './deployed/cloud.ts';
import type { DeployedRule } from './deployed/model.ts';
import { eventBus } from './event-bus.ts';

const rule: DeployedRule = {
  arn: 'arn:rule',
  bus: 'events',
  isEnabled: true,
  pattern: '{"source":["curlew"],"detail-type":["ticket.created"]}',
  targets: [{ arn: 'arn:queue', queueUrl: 'http://queue', admits: true }],
};
const entry = { Source: 'curlew', DetailType: 'ticket.created', Detail: '{"id":"1"}', EventBusName: 'events' };

describe('a bus', () => {
  async function put(rules: DeployedRule[], ...entries: object[]) {
    const sent: { MessageBody: string }[][] = [];
    const send = async ({ input }: { input: { Entries: { MessageBody: string }[] } }) => {
      sent.push(input.Entries);
    };
    const answer = await eventBus({ queues: { send } } as unknown as Cloud, rules, '123456789012')(entries);
    return { answer, sent: sent.map((batch) => batch.map(({ MessageBody }) => JSON.parse(MessageBody))) };
  }

  it('sends an event to the queue of each rule that it fits', async () => {
    const { answer, sent } = await put([rule, { ...rule, pattern: '{"source":["other"]}' }], { ...entry, Time: 0 });
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: sent[0]?.[0].id }] });
    expect(sent).toMatchObject([
      [{ version: '0', source: 'curlew', account: '123456789012', time: '1970-01-01T00:00:00Z', detail: { id: '1' } }],
    ]);
  });

  it('sends ten at a time', async () => {
    const { sent } = await put([rule, rule], ...Array(6).fill(entry));
    expect(sent.map(({ length }) => length)).toEqual([10, 2]);
  });

  it.each([
    ['a rule that is off', { isEnabled: false }],
    ['a rule of another bus', { bus: 'default' }],
    ['a queue that refuses the rule', { targets: [{ arn: 'arn:queue', queueUrl: 'http://queue', admits: false }] }],
  ])('sends nothing by %s', async (_, more) => {
    expect((await put([{ ...rule, ...more }], entry)).sent).toEqual([]);
  });

  it('says which entries it did not take', async () => {
    const { answer, sent } = await put([rule], { ...entry, Detail: '{' }, entry, { ...entry, Source: '' });
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries.map(({ ErrorCode }) => ErrorCode)).toEqual(['MalformedDetail', undefined, 'InvalidArgument']);
    expect(sent).toHaveLength(1);
  });
});
