import { addMessage, createTicket, patchTicket, readTicket } from '@curlew/core/ticket';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contextOf } from '../../../test/context.ts';
import { describeOnDynamoDb, dynamoDbEndpoint, openTables } from '../../../test/dynamodb.ts';
import { type FaultyDynamo, faultyDynamo } from '../../../test/faulty-dynamo.ts';
import { type Dynamo, dynamoTicketCounts, dynamoTicketStore } from './index.ts';

const people = {
  reporter: async () => 'usr_r',
  assignee: async (_: unknown, id: string) => id,
  author: async (_: unknown, id: string) => ({ id, role: 'customer' as const }),
  account: async (_: unknown, id: string) => ({ id }),
};
const throttled = { refuse: 'ProvisionedThroughputExceededException' };
const conflict = { refuse: 'TransactionCanceledException', reasons: ['None', 'TransactionConflict', 'None', 'None'] };
const unavailable = { code: 'unavailable' };

describeOnDynamoDb('failures of DynamoDB', () => {
  let faults: FaultyDynamo;
  let db: Dynamo;
  beforeEach(async () => {
    faults = await faultyDynamo(dynamoDbEndpoint().endpoint);
    db = await openTables({ endpoint: faults.url, answerTimeoutMilliseconds: 1000 });
  });
  afterEach(() => {
    db.client.destroy();
    faults.stop();
  });

  const depsOf = () => ({ ctx: contextOf(), tickets: dynamoTicketStore(db), people });
  const historyOf = (id: string) => depsOf().tickets.listHistory('org_a', id, { limit: 100, sort: 'createdAt' });

  it('retries a throttled write and writes it once', async () => {
    const deps = depsOf();
    faults.next('TransactWriteItems', throttled, throttled);
    const { ticket } = await createTicket(deps, { title: 'T' });
    expect(faults.calls('TransactWriteItems')).toBe(3);
    expect((await historyOf(ticket.id)).items).toHaveLength(1);
  });

  it.each([
    ['a conflict with another transaction', conflict],
    ['throttling inside the transaction', { ...conflict, reasons: ['ThrottlingError', 'None'] }],
  ])('retries after %s', async (_, fault) => {
    faults.next('TransactWriteItems', fault, fault, fault);
    const { ticket } = await createTicket(depsOf(), { title: 'T' });
    expect((await readTicket(depsOf(), ticket.id)).ticket.title).toBe('T');
    expect(faults.calls('TransactWriteItems')).toBe(4);
  });

  it('retries ticket counts more often than other writes, because many are counted at once', async () => {
    const counts = dynamoTicketCounts(db);
    const where = { status: 'NEW', priority: 'LOW', type: 'INCIDENT', deleted: false } as const;
    const facts = { ...where, number: 1, reporterId: 'usr_r', assignedToId: null, version: 1 };
    faults.next('TransactWriteItems', ...Array(12).fill(conflict));
    await counts.apply('org_a', 'tkt_1', 1, facts);
    expect(faults.calls('TransactWriteItems')).toBe(13);
    expect((await counts.read('org_a')).tickets.total).toBe(1);
  });

  it('writes once although the response is lost', async () => {
    const deps = depsOf();
    const { ticket } = await createTicket(deps, { title: 'T' });
    faults.next('TransactWriteItems', { loseAnswer: true });
    await addMessage(deps, ticket.id, { body: 'Once.' });
    const { items } = await deps.tickets.listMessages('org_a', ticket.id, { limit: 10, sort: 'createdAt' });
    expect(items.map(({ body }) => body)).toEqual(['Once.']);
  });

  it('skips a ticket number, instead of using it twice, if a response is lost', async () => {
    const { tickets } = depsOf();
    const first = await tickets.nextNumber('org_a');
    faults.next('UpdateItem', { loseAnswer: true });
    expect(await tickets.nextNumber('org_a')).toBeGreaterThan(first);
  });

  it.each([
    ['throttles every call', Array(40).fill(throttled)],
    ['reports conflicts on every call', Array(40).fill(conflict)],
    ['fails', Array(40).fill({ refuse: 'InternalServerError' })],
    ['does not answer', Array(40).fill({ hang: true })],
  ])('throws unavailable and writes nothing if DynamoDB %s', async (_, forever) => {
    const deps = depsOf();
    const { ticket } = await createTicket(deps, { title: 'Before' });
    faults.next('TransactWriteItems', ...forever);
    await expect(patchTicket(deps, ticket.id, { title: 'After' }, undefined)).rejects.toMatchObject(unavailable);
    faults.next('TransactWriteItems');
    expect((await readTicket(deps, ticket.id)).ticket.title).toBe('Before');
    expect((await historyOf(ticket.id)).items).toHaveLength(1);
  });

  it.each([
    ['throttles', throttled],
    ['hangs', { hang: true } as const],
    ['stops half way', { stall: true } as const],
  ])('throws unavailable on a read if DynamoDB %s', async (_, fault) => {
    const deps = depsOf();
    const { ticket } = await createTicket(deps, { title: 'T' });
    faults.next('Query', ...Array(40).fill(fault));
    await expect(readTicket(deps, ticket.id)).rejects.toMatchObject(unavailable);
    await expect(deps.tickets.list('org_a', { limit: 5, sort: '-createdAt', filters: {} })).rejects.toMatchObject(
      unavailable,
    );
  });

  it('ends all calls and retries at the deadline', async () => {
    let deadline: AbortSignal | undefined;
    const deps = { ...depsOf(), tickets: dynamoTicketStore({ ...db, deadline: () => deadline }) };
    const { ticket } = await createTicket(deps, { title: 'Before' });
    faults.next('TransactWriteItems', ...Array(400).fill(conflict));
    deadline = AbortSignal.timeout(100);
    await expect(patchTicket(deps, ticket.id, { title: 'After' }, undefined)).rejects.toMatchObject(unavailable);
    expect(deadline.aborted).toBe(true);
    faults.next('Query', { hang: true });
    deadline = AbortSignal.timeout(50);
    await expect(readTicket(deps, ticket.id)).rejects.toMatchObject(unavailable);
    expect(faults.calls('Query')).toBeLessThanOrEqual(3);
  });

  it('gives up a write three seconds after its time, so that lists by updatedAt miss nothing', async () => {
    const deps = depsOf();
    const { ticket } = await createTicket(deps, { title: 'Before' });
    const calls = faults.calls('TransactWriteItems');
    // The third try would succeed, but too late.
    const late = new Date(Date.now() - 1500).toISOString();
    faults.next('TransactWriteItems', { hang: true }, { hang: true });
    const slow = { ...deps, ctx: { ...deps.ctx, now: () => late } };
    await expect(patchTicket(slow, ticket.id, { title: 'After' }, undefined)).rejects.toMatchObject(unavailable);
    expect(faults.calls('TransactWriteItems')).toBe(calls + 2);
    expect((await readTicket(deps, ticket.id)).ticket.title).toBe('Before');
  });

  it('writes nothing whose time is over', async () => {
    const deps = depsOf();
    const past = { ...deps, ctx: { ...deps.ctx, now: () => new Date(Date.now() - 10_000).toISOString() } };
    await expect(createTicket(past, { title: 'T' })).rejects.toMatchObject(unavailable);
    expect((await deps.tickets.list('org_a', { limit: 5, sort: '-createdAt', filters: {} })).items).toEqual([]);
  });

  it('throws on an invalid response', async () => {
    const deps = depsOf();
    const { ticket } = await createTicket(deps, { title: 'T' });
    faults.next('Query', ...Array(10).fill({ nonsense: '<html>no</html>' }));
    await expect(readTicket(deps, ticket.id)).rejects.toThrow();
  });

  it('throws an internal error, not a public one, if the table is missing', async () => {
    const nowhere = { ...db, tables: { ...db.tables, tickets: 'no-such-table' } };
    const deps = { ...depsOf(), tickets: dynamoTicketStore(nowhere) };
    await expect(readTicket(deps, 'tkt_1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
