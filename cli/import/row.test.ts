import { expect, test } from 'vitest';
import { derivedId, externalIdOf, parseRow } from './row.ts';

const ticket = (row: object) => parseRow({ externalId: 'x', ...row });

test('a status is case-insensitive and separated from the ticket', () => {
  expect(ticket({ title: 'a', status: 'in_progress' })).toMatchObject({
    kind: 'ticket',
    ticket: { externalId: 'x', title: 'a' },
    status: 'IN_PROGRESS',
  });
  expect(parseRow({ title: 'a', status: 'open' })).not.toHaveProperty('ticket.status');
});

test('messages and tasks without an externalId get one from their position', () => {
  const messages = ['text', { body: 'b', kind: 'note' }, { body: 'c', externalId: 'mine' }];
  expect(ticket({ messages, tasks: [{ title: 't' }, { title: 'u', externalId: 'own' }] })).toMatchObject({
    messages: [
      { externalId: 'x#1', fields: { body: 'text' }, byReporter: true },
      { externalId: 'x#2', fields: { body: 'b', kind: 'note' }, byReporter: false },
      { externalId: 'mine', byReporter: false },
    ],
    tasks: [{ externalId: 'x/task/1' }, { externalId: 'own' }],
  });
});

test("externalIds of parts stay within the API's length limit", () => {
  const externalId = 'y'.repeat(255);
  const row = parseRow({ externalId, title: 'a', messages: ['b'] });
  expect(row).toMatchObject({
    externalId,
    messages: [{ externalId: expect.stringMatching(/^import-[0-9a-f]{64}#1$/) }],
  });
});

test('a row without an externalId gets a hash of its content, independent of member order', () => {
  const one = parseRow({ title: 'a', customFields: { b: 1, c: [{ d: 2, e: 3 }] } });
  const same = parseRow({ customFields: { c: [{ e: 3, d: 2 }], b: 1 }, title: 'a' });
  const other = parseRow({ title: 'a', customFields: { b: 1, c: [{ d: 2, e: 4 }] } });
  expect(one).toMatchObject({ externalId: expect.stringMatching(/^import-[0-9a-f]{64}$/) });
  expect(same).toMatchObject({ externalId: (one as { externalId: string }).externalId });
  expect(other).not.toMatchObject({ externalId: (one as { externalId: string }).externalId });
  // If this hash changed, another run would import all earlier rows again.
  expect(derivedId({ b: [1, null], a: 'ä' })).toBe(
    'import-e4caa232016484a6396284455390402a812bfdd2be394296225426cebe5d05ad',
  );
});

test('users and tasks are separate rows', () => {
  expect(parseRow({ user: { id: 'ana' } })).toEqual({ kind: 'user', user: { id: 'ana' } });
  expect(parseRow({ user: { email: 'a@example.org' } })).toMatchObject({ kind: 'user' });
  expect(parseRow({ task: { title: 't', externalId: 'e' } })).toEqual({
    kind: 'task',
    externalId: 'e',
    task: { title: 't', externalId: 'e' },
  });
  expect(parseRow({ task: { title: 't' } })).toMatchObject({ task: { externalId: expect.stringMatching(/^import-/) } });
});

test.each<[string, unknown, { pointer: string; code?: string }]>([
  ['a number', 1, { pointer: '' }],
  ['null', null, { pointer: '' }],
  ['a list', [], { pointer: '' }],
  ['a number for an id', { externalId: 7 }, { pointer: '/externalId', code: 'wrong_type' }],
  ['a shortened number', { externalId: '3.60001E+11' }, { pointer: '/externalId', code: 'scientific_notation' }],
  ['one with a decimal comma', { externalId: '3,6e+11' }, { pointer: '/externalId', code: 'scientific_notation' }],
  ['a shortened reporter', { reporterId: '4E+11' }, { pointer: '/reporterId', code: 'scientific_notation' }],
  ['an empty id', { externalId: '' }, { pointer: '/externalId' }],
  ['an unknown status', { status: 'Done' }, { pointer: '/status', code: 'invalid_value' }],
  ['messages that are not a list', { messages: 'a' }, { pointer: '/messages', code: 'wrong_type' }],
  ['an invalid message', { messages: ['a', 7] }, { pointer: '/messages/1', code: 'wrong_type' }],
  ['an invalid task', { tasks: ['a'] }, { pointer: '/tasks/0', code: 'wrong_type' }],
  ['a user and a ticket', { user: { id: 'a' }, title: 'b' }, { pointer: '/title', code: 'unknown_field' }],
  ['a task and a ticket', { task: { title: 'a' }, title: 'b' }, { pointer: '/title', code: 'unknown_field' }],
  ['an invalid user', { user: 'ana' }, { pointer: '/user', code: 'wrong_type' }],
  ['a user without id and email', { user: { name: 'Ana' } }, { pointer: '/user', code: 'required' }],
])('refuses %s', (_, value, issue) => {
  expect(() => parseRow(value)).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining(issue)] }) as unknown as Error,
  );
});

test('a bad row is reported by its externalId', () => {
  expect(externalIdOf({ externalId: 'a', status: 'Done' })).toBe('a');
  expect(externalIdOf({ task: { externalId: 'b' } })).toBe('b');
  expect(externalIdOf({ externalId: 7 })).toBeNull();
  expect(externalIdOf(null)).toBeNull();
});
