import { DEFAULT_TRIAGE_SETTINGS } from '@curlew/core/triage';
import { describe, expect, it } from 'vitest';
import { A_TICKET } from '../../../../core/test/a-ticket.ts';
import { TABLES } from '../../services/tables.ts';
import { apiKeyItem, apiKeyOf } from './api-key-store.ts';
import type { Item } from './calls.ts';
import { organizationItem, organizationOf } from './organization-store.ts';
import { taskItem, taskOf } from './task-store.ts';
import { headerItem, ticketRow } from './ticket-items.ts';
import { userItem, userOf } from './user-store.ts';

const times = { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z', version: 1 };
const ticket = { ...A_TICKET, id: 'tkt_1', assignedToId: 'usr_2' };
const task = { id: 'tsk_1', ticketId: 'tkt_1', externalId: 'x', title: 'T', description: 'D', done: true, ...times };
const user = { id: 'usr_1', name: 'Joy', email: 'joy@example.com', role: 'agent', active: true, ...times } as const;
const organization = { id: 'org', name: 'Org', triage: DEFAULT_TRIAGE_SETTINGS, ...times };
const apiKey = {
  id: 'key_1',
  name: 'Import',
  userId: 'usr_1',
  scopes: [],
  start: 'crw_abc',
  createdAt: times.createdAt,
  createdById: 'usr_1',
  createdByKeyId: null,
  expiresAt: null,
  lastUsedAt: null,
  version: 1,
};

const keyRecord = {
  organizationId: 'org',
  apiKey,
  digest: 'd',
  revokedAt: null,
  operator: false,
  createdByRole: null,
  rootKeyId: null,
  signedIn: false,
};

interface Listed {
  readonly item: Item;
  readonly rowOf: (item: Item) => unknown;
}

/** The items that the indexes of each table contain, with the function that makes a list row from a projected item. */
const LISTED: Readonly<Record<string, readonly Listed[]>> = {
  tickets: [
    {
      item: headerItem({ organizationId: 'org', ticket, derived: 0, sequence: 1, deletedAt: null }, 1),
      rowOf: ticketRow,
    },
  ],
  tasks: [{ item: taskItem({ organizationId: 'org', task }), rowOf: taskOf }],
  users: [
    { item: userItem({ organizationId: 'org', user, operator: false, deletedAt: null }), rowOf: userOf },
    { item: apiKeyItem(keyRecord), rowOf: apiKeyOf },
    { item: organizationItem(organization), rowOf: organizationOf },
  ],
};

const INDEXES = Object.values(TABLES).flatMap(({ name, indexes }) => indexes.map((index) => ({ table: name, index })));

describe('the indexes of the tables', () => {
  it.each(INDEXES)('$table $index.name projects the attributes that its list rows need, and no others', (row) => {
    const { partition, sort, include } = row.index;
    const inIndex = (LISTED[row.table] ?? []).filter(({ item }) => partition in item && sort in item);
    expect(inIndex).not.toEqual([]);
    const project = (item: Item, names: readonly string[]) =>
      Object.fromEntries(['pk', 'sk', partition, sort, ...names].map((name) => [name, item[name]]));
    for (const { item, rowOf } of inIndex) expect(rowOf(project(item, include))).toEqual(rowOf(item));
    for (const name of include) {
      const others = include.filter((other) => other !== name);
      expect(() => inIndex.map(({ item, rowOf }) => rowOf(project(item, others))), `${name} is not needed`).toThrow();
    }
  });
});
