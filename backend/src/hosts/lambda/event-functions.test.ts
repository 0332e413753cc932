import type { AnyEvent } from '@curlew/core/kernel';
import { TicketEvent } from '@curlew/core/ticket';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readAccountsConfig } from './config.ts';
import { consumeQueue } from './consume-queue.ts';
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

  it('hands all events on, in order, and nothing of what people wrote', async () => {
    const { report, relayed, errors } = reporting();
    const bus = busTaking(9);
    const image = { written: { S: '[{"field":"title"}]' } };
    expect(await relay(bus, report)({ Records: [record(1, image), record(2)] })).toEqual({ batchItemFailures: [] });
    expect([bus.put, relayed(), errors]).toEqual([['evt_1', 'evt_2'], 2, []]);
  });

  it('has the stream start again where the bus refused', async () => {
    const { report, relayed, errors } = reporting();
    const answer = await relay(busTaking(1), report)({ Records: [record(1), record(2), record(3)] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 's2' }] });
    expect([relayed(), errors]).toEqual([1, ['the bus did not take an event']]);
  });

  it('leaves what is no event, and goes on', async () => {
    const { report, errors } = reporting();
    const bus = busTaking(9);
    const Records = [record(1, { event: { S: 'not JSON' } }), record(2, { sk: { S: 'A' } }), record(3)];
    expect(await relay(bus, report)({ Records })).toEqual({ batchItemFailures: [] });
    expect([bus.put, errors]).toEqual([['evt_3'], ['a record of the stream is no event']]);
  });
});

describe('a queue’s consumer', () => {
  const batch = (...bodies: string[]) =>
    ({ Records: bodies.map((body, i) => ({ messageId: `m${i}`, body })) }) as SQSEvent;
  const message = (sequence: number) => JSON.stringify({ detail: eventNumbered(sequence) });

  it('gives back only the messages whose reaction failed', async () => {
    const { report, errors } = reporting();
    const seen: string[] = [];
    const consume = consumeQueue(
      TicketEvent,
      async ({ id }) => {
        seen.push(id);
        if (id === 'evt_2') throw new Error('no storage');
      },
      report,
    );
    const answer = await consume(batch(message(1), message(2), message(3)));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect([seen, errors]).toEqual([['evt_1', 'evt_2', 'evt_3'], ['a reaction failed']]);
  });

  it.each(['not JSON', '{}', '{"detail":{"type":"ticket.created"}}', '{"detail":{"type":"user.created"}}'])(
    'acknowledges %s, which no retry would mend',
    async (body) => {
      const { report, errors } = reporting();
      const consume = consumeQueue(TicketEvent, () => Promise.reject(new Error('must not be called')), report);
      expect(await consume(batch(body))).toEqual({ batchItemFailures: [] });
      expect(errors).toEqual(['a message is no event of this subscription']);
    },
  );
});

describe('what the function `accounts` is told', () => {
  it('is the pool, and whose accounts it keeps', () => {
    expect(readAccountsConfig({ POOL_ID: 'eu-central-1_abc', ROLES_WITH_ACCOUNTS: 'agent,admin' })).toEqual({
      poolId: 'eu-central-1_abc',
      rolesWithAccounts: new Set(['agent', 'admin']),
    });
  });

  it('is refused with all that is wrong with it', () => {
    expect(() => readAccountsConfig({ ROLES_WITH_ACCOUNTS: 'agent,owner' })).toThrow(
      /POOL_ID is missing; ROLES_WITH_ACCOUNTS\.1 names a role that is none of customer, agent, admin/,
    );
  });
});
