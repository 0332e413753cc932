import { readFileSync, writeFileSync } from 'node:fs';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { onTicketEvent } from '@curlew/core/analytics/on-ticket-event.ts';
import { createApiKey } from '@curlew/core/api-key';
import type { Receipt } from '@curlew/core/kernel';
import { createTask, listTasks, patchTask, readTask } from '@curlew/core/task';
import {
  addMessage,
  createTicket,
  deleteTicket,
  listHistory,
  listMessages,
  listTickets,
  patchTicket,
  readTicket,
  restoreTicket,
  type TicketEvent,
  type TicketQuery,
} from '@curlew/core/ticket';
import { triageTicket } from '@curlew/core/ticket/triage';
import { createUser, listUsers, readUser } from '@curlew/core/user';
import { beforeAll, describe, expect, it } from 'vitest';
import { A_TICKET } from '../../../../core/test/a-ticket.ts';
import { contextOf, newId } from '../../../test/context.ts';
import { type Counted, counted, type Spent } from '../../../test/counted-dynamo.ts';
import { describeOnDynamoDb, dynamoDbEndpoint, openTables, type TestTables } from '../../../test/dynamodb.ts';
import { itemBytes } from '../../../test/item-size.ts';
import { triageOf } from '../../../test/triage.ts';
import { keySecrets } from '../../hosts/key-secrets.ts';
import { triageSettingsOf } from '../../hosts/triage-settings.ts';
import { apiKeyProof } from '../../http/api-key-proof.ts';
import {
  dynamo,
  dynamoApiKeyStore,
  dynamoReceiptStore,
  dynamoRequestCounts,
  dynamoTaskStore,
  dynamoTicketCounts,
  dynamoTicketStore,
  dynamoUserLookup,
  dynamoUserStore,
} from './index.ts';
import { dynamoOrganizationLookup } from './organization-store.ts';
import { bodyItem, headerItem } from './ticket-items.ts';

const PUBLISHED = new URL('../../../../docs/request-units.json', import.meta.url);
const MANY = Number(process.env.CURLEW_TEST_TICKETS ?? 5000);

const ORDINARY = {
  title: 'The printer on the second floor jams',
  description: `${'Since this morning it takes two sheets at once, and then it stops. '.repeat(9)}Please help.`,
  tags: ['printer', 'category:hardware'],
  assignedToId: 'usr_01m7y02hh6rnxs70at6c1rrbjs',
};

const LISTS: Readonly<Record<string, Partial<TicketQuery>>> = {
  listPage: {},
  listByStatus: { filters: { status: ['OPEN'] } },
  listByStatusUpdate: { filters: { status: ['OPEN', 'NEW'] }, sort: '-updatedAt' },
  listByUpdate: { sort: '-updatedAt' },
  listByReporter: { filters: { reporterId: ['usr_r7'] } },
  listByAssignee: { filters: { assignedToId: ['usr_a7'] } },
  listByPriority: { filters: { priority: ['CRITICAL'] } },
};

describeOnDynamoDb('request units on DynamoDB', () => {
  const spent: Record<'few' | 'many', Record<string, Spent>> = { few: {}, many: {} };
  const commands = new Set<string>();

  beforeAll(async () => {
    spent.few = await spentWith(1000);
    spent.many = await spentWith(MANY);
  }, 1_200_000);

  async function spentWith(tickets: number): Promise<Record<string, Spent>> {
    const db = await openTables();
    await fill(db, tickets);
    const counting = counted(db, dynamo(db.tables, dynamoDbEndpoint()));
    const result = await spentOn(db, counting);
    for (const command of counting.commands) commands.add(command);
    return result;
  }

  it('are as published', () => {
    const text = `${JSON.stringify(spent.few, null, 2)}\n`;
    if (process.env.CURLEW_WRITE_REQUEST_UNITS === 'yes') writeFileSync(PUBLISHED, text);
    expect(JSON.parse(readFileSync(PUBLISHED, 'utf8'))).toEqual(spent.few);
  });

  it(`are the same at ${MANY} tickets as at 1000`, () => {
    expect(spent.many).toEqual(spent.few);
  });

  it('come from keyed accesses and queries, never from a scan', () => {
    expect(
      [...commands].filter((command) => !/^(Get|Query|TransactWrite|Update)(Item|Items)?Command$/.test(command)),
    ).toEqual([]);
  });

  it('stay within the limits of the design for an ordinary ticket', () => {
    expect(spent.few.createTicket?.write).toBeLessThanOrEqual(18);
    expect(spent.few.changeTicket?.write).toBeLessThanOrEqual(15);
    for (const list of Object.keys(LISTS)) expect([list, spent.few[list]?.read ?? 8]).toEqual([list, upTo(7)]);
  });
});

const upTo = (most: number) => expect.toSatisfy((value: number) => value <= most);

describe('sizes of items', () => {
  const ticketOf = (fields: object) => ({
    organizationId: 'default',
    ticket: {
      ...A_TICKET,
      id: 'tkt_01m7y02hh6rnxs70at6c1rrbjs',
      number: 123_456,
      externalId: 'zendesk-123456',
      status: 'IN_PROGRESS' as const,
      priority: 'MEDIUM' as const,
      type: 'SERVICE_REQUEST' as const,
      reporterId: 'usr_01m7y02hh6rnxs70at6c1rrbjs',
      ...ORDINARY,
      triage: triageOf(),
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      resolvedAt: '2026-01-02T00:00:00.000Z',
      version: 12,
      ...fields,
    },
    derived: 3,
    sequence: 15,
    deletedAt: null,
  });

  it('an ordinary ticket has a header under 1 KB, even with a long description', () => {
    expect(itemBytes(headerItem(ticketOf({ description: 'long '.repeat(4000) }), 1))).toBeLessThan(1024);
  });

  it('a ticket with the longest title and twenty long tags has a header of at most 2 KB', () => {
    const tags = Array.from({ length: 20 }, (_, i) => `tag-${i}`.padEnd(40, '-'));
    expect(itemBytes(headerItem(ticketOf({ title: 'T'.repeat(200), tags }), 1))).toBeLessThanOrEqual(2048);
  });

  it('the largest possible ticket fits into an item', () => {
    const customFields = { text: '👋'.repeat(1000) };
    const largest = ticketOf({ description: '👋'.repeat(20_000), customFields });
    expect(itemBytes(bodyItem(largest, 1))).toBeLessThan(400 * 1024);
  });
});

/** Puts the headers of many tickets, enough for a full page of each list. */
async function fill(db: TestTables, tickets: number): Promise<void> {
  const client = dynamo(db.tables, dynamoDbEndpoint()).client;
  const ctx = contextOf();
  const priorities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
  let rows: object[] = [];
  let waiting: Promise<unknown>[] = [];
  for (let i = 0; i < tickets; i++) {
    const now = new Date(Date.UTC(2026, 0, 1) + i).toISOString();
    const ticket = {
      ...A_TICKET,
      id: `tkt_${String(i).padStart(26, '0')}`,
      number: i + 1,
      status: i % 2 === 0 ? ('OPEN' as const) : ('CLOSED' as const),
      priority: priorities[i % 4] ?? 'LOW',
      reporterId: `usr_r${i % 10}`,
      ...ORDINARY,
      assignedToId: `usr_a${i % 10}`,
      createdAt: now,
      updatedAt: now,
    };
    const record = { organizationId: ctx.actor.organizationId, ticket, derived: 0, sequence: 1, deletedAt: null };
    rows.push({ PutRequest: { Item: headerItem(record, 1) } });
    if (rows.length === 25 || i === tickets - 1) {
      const write = new BatchWriteCommand({ RequestItems: { [db.names.tickets]: rows as never } });
      waiting.push(client.send(write));
      rows = [];
    }
    if (waiting.length === 8) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  client.destroy();
}

async function spentOn(db: TestTables, counting: Counted): Promise<Record<string, Spent>> {
  const tickets = dynamoTicketStore(db);
  const users = dynamoUserStore(db, Buffer.alloc(32));
  const tasks = dynamoTaskStore(db);
  const counts = dynamoTicketCounts(db);
  const receipts = dynamoReceiptStore(db);
  const people = {
    reporter: async () => 'usr_01m7y02hh6rnxs70at6c1rrbjs',
    assignee: async (_: unknown, id: string) => id,
    author: async (_: unknown, id: string) => ({ id, role: 'customer' as const }),
    account: async (_: unknown, id: string) => ({ id }),
  };
  const exists = async () => true;
  const deps = {
    ctx: contextOf(),
    tickets: Object.assign(Object.create(null), tickets, { exists }),
    people,
    tasks,
    users,
  };
  const result: Record<string, Spent> = {};
  const measure = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    let made: Result | undefined;
    result[name] = await counting.during(async () => {
      made = await work();
    });
    return made as Result;
  };

  // The costs that every request has in addition.
  const keys = dynamoApiKeyStore(db);
  const callers = { keys, users: dynamoUserLookup(db), secrets: keySecrets, newId };
  const proof = apiKeyProof({ ...callers, now: Date.now });
  await createUser(deps, { id: 'ana', name: 'Ana', role: 'agent' });
  const owner = { ...deps.ctx, actor: { ...deps.ctx.actor, userId: 'ana' } };
  const made = await createApiKey({ ctx: owner, keys, users, secrets: keySecrets }, { name: 'N', scopes: ['write'] });
  await proof.actorOf(made.text);
  await measure('lookUpCaller', () => proof.actorOf(made.text));
  await measure('countRequest', () => dynamoRequestCounts(db).add('reads org_a ana', 1_800_000_060));

  const { ticket } = await measure('createTicket', () => createTicket(deps, ORDINARY));
  const receiptFor = (key: string): Receipt => ({
    key: `org_a usr POST /tickets ${key}`,
    fingerprint: 'f'.repeat(64),
    status: 201,
    headers: { location: `/v1/tickets/${ticket.id}`, etag: '"v1-d0"' },
    body: JSON.stringify(ticket),
    expiresAt: '2999-01-01T00:00:00.000Z',
  });
  await measure('createTicketWithKey', async () => {
    await receipts.find(receiptFor('k').key, '2026-01-01T00:00:00.000Z');
    await createTicket({ ...deps, ctx: { ...deps.ctx, receiptFor: () => receiptFor('k') } }, ORDINARY);
  });
  await measure('changeTicket', () => patchTicket(deps, ticket.id, { status: 'OPEN' }, undefined));
  await measure('changeTicketPriority', () => patchTicket(deps, ticket.id, { priority: 'HIGH' }, undefined));
  await measure('changeTicketText', () => patchTicket(deps, ticket.id, { description: 'Shorter.' }, undefined));
  const triagePorts = {
    ctx: deps.ctx,
    tickets,
    triager: {
      async assess() {
        const { analyzedAt: _at, latestMessage: _latest, suggestions: _suggestions, ...analysis } = triageOf();
        return { analysis, proposals: [] };
      },
      async teach() {},
    },
    settings: triageSettingsOf(dynamoOrganizationLookup(db)),
  };
  await measure('triageTicket', () => triageTicket(triagePorts, ticket.id));
  await measure('addMessage', () => addMessage(deps, ticket.id, { body: 'Have you tried another tray? '.repeat(10) }));
  await measure('readTicket', () => readTicket(deps, ticket.id));
  await measure('readTicketByNumber', () => readTicket(deps, ticket.number));
  await measure('listMessages', () => listMessages(deps, ticket.id, { limit: 25, sort: 'createdAt' }));
  await measure('listHistory', () => listHistory(deps, ticket.id, { limit: 25, sort: 'createdAt' }));
  await measure('deleteTicket', () => deleteTicket(deps, ticket.id, undefined));
  await measure('restoreTicket', () => restoreTicket(deps, ticket.id));
  for (const [name, query] of Object.entries(LISTS)) {
    await measure(name, () => listTickets(deps, { limit: 25, sort: '-createdAt', filters: {}, ...query }));
  }
  const { task } = await measure('createTask', () => createTask(deps, { title: 'Order a new tray' }));
  await measure('changeTask', () => patchTask(deps, task.id, { done: true }, undefined));
  await measure('readTask', () => readTask(deps, task.id));
  await measure('listTasks', () => listTasks(deps, { limit: 25, sort: '-createdAt' }));
  await measure('createUser', () => createUser(deps, { id: 'joy', name: 'Joy', email: 'joy@example.com' }));
  await measure('readUser', () => readUser(deps, 'joy'));
  await measure('listUsers', () => listUsers(deps, { limit: 25, sort: '-createdAt' }));
  const facts = { number: 1, status: 'NEW', priority: 'LOW', type: 'INCIDENT', reporterId: 'u', assignedToId: null };
  const event = {
    organizationId: 'org_a',
    subject: ticket.id,
    sequence: 1,
    data: { ticket: { ...facts, deleted: false, version: 1 }, changes: [] },
  } as unknown as TicketEvent;
  await measure('consumeEvent', () => onTicketEvent({ counts }, event));
  await measure('readSummary', () => counts.read('org_a'));
  return result;
}
