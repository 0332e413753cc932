import type { AnyEvent } from '@curlew/core/kernel';
import { TicketEvent } from '@curlew/core/ticket';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readAccountsConfig } from './config.ts';
import { consumeEvent } from './consume-event.ts';
import { relay } from './relay-events.ts';

const eventNumbered = (sequence: number): AnyEvent => ({
  id: `evt_${sequence}`,
  type: 'ticket.created',
  organizationId: 'org_a',
  subject: 'tkt_1',
  sequence,
  time: '2026-01-01T00:00:00.000Z',
  actorId: 'usr_1',
  data: {
    ticket: {
      number: 1,
      status: 'NEW',
      priority: 'LOW',
      type: 'INCIDENT',
      reporterId: 'usr_1',
      assignedToId: null,
      deleted: false,
      version: 1,
    },
    changes: [],
  },
});

function reporting() {
  const errors: string[] = [];
  let relayed = 0;
  return {
    errors,
    relayed: () => relayed,
    report: {
      error: (message: string) => void errors.push(message),
      relayed(events: number) {
        relayed += events;
      },
    },
  };
}

describe('the relay', () => {
  const record = (sequence: number, image?: object): DynamoDBRecord => ({
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: `s${sequence}`,
      NewImage: { sk: { S: `E#${sequence}` }, event: { S: JSON.stringify(eventNumbered(sequence)) }, ...image },
    },
  });
  const busTaking = (taken: number) => {
    const put: string[] = [];
    return {
      put,
      async publish(events: readonly AnyEvent[]) {
        put.push(...events.map(({ id }) => id));
        return taken >= events.length ? { taken: events.length } : { taken, error: 'ThrottlingException' };
      },
    };
  };

  it('passes all events on in order, without written texts', async () => {
    const { report, relayed, errors } = reporting();
    const bus = busTaking(9);
    const image = { written: { S: '[{"field":"title"}]' } };
    expect(await relay(bus, report)({ Records: [record(1, image), record(2)] })).toEqual({ batchItemFailures: [] });
    expect([bus.put, relayed(), errors]).toEqual([['evt_1', 'evt_2'], 2, []]);
  });

  it('lets the stream continue at the event that the bus refused', async () => {
    const { report, relayed, errors } = reporting();
    const answer = await relay(busTaking(1), report)({ Records: [record(1), record(2), record(3)] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 's2' }] });
    expect([relayed(), errors]).toEqual([1, ['the event was not published']]);
  });

  it('skips a record that is not an event', async () => {
    const { report, errors } = reporting();
    const bus = busTaking(9);
    const Records = [record(1, { event: { S: 'not JSON' } }), record(2, { sk: { S: 'A' } }), record(3)];
    expect(await relay(bus, report)({ Records })).toEqual({ batchItemFailures: [] });
    expect([bus.put, errors]).toEqual([['evt_3'], ['the stream record is not an event']]);
  });
});

describe('a consumer', () => {
  const delivery = (detail: unknown) => ({ version: '0', source: 'curlew', detail });

  it('reacts to the event of a rule', async () => {
    const { report, errors } = reporting();
    const seen: unknown[] = [];
    const consume = consumeEvent(TicketEvent, async (event) => void seen.push(event), report);
    expect(await consume(delivery(eventNumbered(1)))).toBeUndefined();
    expect([seen, errors]).toEqual([[eventNumbered(1)], []]);
  });

  it('fails if the reaction fails, so that Lambda retries', async () => {
    const { report, errors } = reporting();
    const consume = consumeEvent(TicketEvent, () => Promise.reject(new Error('no storage')), report);
    await expect(consume(delivery(eventNumbered(1)))).rejects.toThrow('no storage');
    expect(errors).toEqual(['a reaction failed']);
  });

  it.each([
    ['nothing', null],
    ['no detail', {}],
    ['half an event', delivery({ type: 'ticket.created' })],
    ['an event of another subscription', delivery({ ...eventNumbered(1), type: 'user.created' })],
    ['text', delivery(JSON.stringify(eventNumbered(1)))],
  ])('acknowledges %s, because a retry cannot help', async (_, given) => {
    const { report, errors } = reporting();
    const consume = consumeEvent(TicketEvent, () => Promise.reject(new Error('must not be called')), report);
    await consume(given);
    expect(errors).toEqual(['the delivery is not an event of this subscription']);
  });
});

describe('the environment of the function `accounts`', () => {
  it('names the pool and the roles with accounts', () => {
    expect(readAccountsConfig({ POOL_ID: 'eu-central-1_abc', ROLES_WITH_ACCOUNTS: 'agent,admin' })).toEqual({
      poolId: 'eu-central-1_abc',
      rolesWithAccounts: new Set(['agent', 'admin']),
    });
  });

  it('is refused with a list of all its errors', () => {
    expect(() => readAccountsConfig({ ROLES_WITH_ACCOUNTS: 'agent,owner' })).toThrow(
      /POOL_ID is missing; ROLES_WITH_ACCOUNTS\.1 may only contain the roles customer, agent, admin/,
    );
  });
});
