import { expect, it } from 'vitest';
import { API_KEY_RECORD } from './api-key-store.ts';
import { AUDIT_ENTRY, PLACED_EVENT, RECEIPT } from './change-columns.ts';
import type { Column } from './columns.ts';
import { openDatabase } from './database.ts';
import { DELIVERY } from './deliveries.ts';
import { ORGANIZATION } from './organization-store.ts';
import { FAILED_TRIES, PASSWORD_HASH, PASSWORD_TOKEN, SESSION } from './session-columns.ts';
import { TASK_RECORD } from './task-store.ts';
import { MESSAGE, TICKET_RECORD } from './ticket-columns.ts';
import { COUNTED_TICKET, TICKET_COUNT } from './ticket-counts.ts';
import { TIMER } from './timer-store.ts';
import { USER_RECORD } from './user-store.ts';

/** The column map of each table, and the columns that its store writes in addition. */
const TABLES: Readonly<Record<string, readonly [Pick<Column<never>, 'select' | 'types'>, ...string[]]>> = {
  tickets: [TICKET_RECORD, 'row', 'position'],
  messages: [MESSAGE, 'row', 'organization_id'],
  tasks: [TASK_RECORD, 'row'],
  users: [USER_RECORD, 'row'],
  api_keys: [API_KEY_RECORD, 'row'],
  organizations: [ORGANIZATION, 'row'],
  audit: [AUDIT_ENTRY, 'row', 'organization_id'],
  events: [PLACED_EVENT, 'service', 'private_changes'],
  receipts: [RECEIPT],
  deliveries: [DELIVERY, 'retry_at'],
  timers: [TIMER, 'due_at'],
  sessions: [SESSION],
  password_tokens: [PASSWORD_TOKEN, 'created_by_id'],
  failed_tries: [FAILED_TRIES, 'organization_id', 'account', 'origin'],
  credentials: [PASSWORD_HASH, 'organization_id', 'user_id', 'changed_at'],
  counted_tickets: [COUNTED_TICKET, 'organization_id', 'ticket_id'],
  ticket_counts: [TICKET_COUNT, 'organization_id'],
};

it.each(Object.entries(TABLES))('the column map of %s has the columns of the migrated schema', async (table, map) => {
  const [{ select, types }, ...others] = map;
  const database = openDatabase(':memory:');
  const schema = database.db.prepare(`PRAGMA table_info(${table})`).all();
  await database.close();
  const inSchema = schema
    .filter(({ name }) => !others.includes(String(name)))
    .map(({ name, type, notnull, pk }) => `${table}.${name} ${type}${notnull === 1 || pk !== 0 ? ' NOT NULL' : ''}`);
  const inMap = select.map((name, i) => `${table}.${name} ${types[i]}`);
  const problems = [
    ...inSchema.filter((one) => !inMap.includes(one)).map((one) => `${one} is in the schema, and in no column map.`),
    ...inMap
      .filter((one) => !inSchema.includes(one))
      .map((one) => `${one} is in the column map; no migration adds it.`),
  ];
  expect(problems).toEqual([]);
});
