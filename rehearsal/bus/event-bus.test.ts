import { describe, expect, it } from 'vitest';
import type { DeployedRule, RuleTarget } from '../deployed/model.ts';
import { eventBus } from './event-bus.ts';

const deadLetters = { queueUrl: 'http://dead', isAllowed: true };
const target: RuleTarget = { functionName: 'counts', isAllowed: true, deadLetters };
const rule: DeployedRule = {
  arn: 'arn:rule',
  bus: 'events',
  isEnabled: true,
  pattern: '{"source":["curlew"],"detail-type":["ticket.created"]}',
  targets: [target],
};
const entry = { Source: 'curlew', DetailType: 'ticket.created', Detail: '{"id":"1"}', EventBusName: 'events' };

describe('a bus', () => {
  async function put(rules: DeployedRule[], entries: object[], reachable = true) {
    const called: [functionName: string, event: object][] = [];
    const dead: [queueUrl: string, event: object][] = [];
    const bus = eventBus(rules, '123456789012', {
      call: (...call) => reachable && called.push(call) > 0,
      giveUp: async (...letter) => void dead.push(letter),
    });
    return { answer: await bus(entries), called, dead };
  }

  it('calls the function of each matching rule', async () => {
    const rules = [rule, { ...rule, pattern: '{"source":["other"]}' }];
    const { answer, called, dead } = await put(rules, [{ ...entry, Time: 0 }]);
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    const event = { version: '0', source: 'curlew', account: '123456789012', time: '1970-01-01T00:00:00Z' };
    expect(called).toMatchObject([['counts', { ...event, id: answer.Entries[0]?.EventId, detail: { id: '1' } }]]);
    expect(dead).toEqual([]);
  });

  it.each([
    ['a disabled rule', { isEnabled: false }],
    ['a rule of another bus', { bus: 'default' }],
  ])('calls no function for %s', async (_, more) => {
    const { called, dead } = await put([{ ...rule, ...more }], [entry]);
    expect([called, dead]).toEqual([[], []]);
  });

  it('sends the event to the dead-letter queue if the target refuses the rule', async () => {
    const { called, dead } = await put([{ ...rule, targets: [{ ...target, isAllowed: false }] }], [entry]);
    expect([called, dead]).toMatchObject([[], [['http://dead', { detail: { id: '1' } }]]]);
  });

  it('sends the event to the dead-letter queue if the function is unreachable, unless the queue refuses it', async () => {
    expect((await put([rule], [entry], false)).dead).toHaveLength(1);
    const closed = { ...target, deadLetters: { ...deadLetters, isAllowed: false } };
    expect((await put([{ ...rule, targets: [closed] }], [entry], false)).dead).toEqual([]);
  });

  it('reports rejected entries', async () => {
    const { answer, called } = await put([rule], [{ ...entry, Detail: '{' }, entry, { ...entry, Source: '' }]);
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries.map(({ ErrorCode }) => ErrorCode)).toEqual(['MalformedDetail', undefined, 'InvalidArgument']);
    expect(called).toHaveLength(1);
  });
});
