import { expect, test } from 'vitest';
import { fitRow } from './fit-row.ts';
import { parseValues } from './parse-values.ts';
import { COMMON, PROFILES } from './profiles.ts';

const NONE = new Map();
const fit = (row: object) => fitRow(row, NONE);

test('a row that fits stays unchanged', () => {
  const row = { title: 'a', description: 'b\tc\r\nd\u0085', tags: ['x'], messages: ['e', { body: 'f', kind: 'note' }] };
  expect(fit(row)).toEqual({ value: row, notes: [] });
  for (const other of [null, 7, ['a'], { user: { id: null } }]) expect(fitRow(other, NONE).value).toBe(other);
});

test('a long title is cut and whole in the description', () => {
  const title = '😀'.repeat(201);
  expect(fit({ subject: title, description: 'text' })).toEqual({
    value: { subject: `${'😀'.repeat(199)}…`, description: `${title}\n\ntext` },
    notes: [expect.stringContaining('The title was cut')],
  });
  expect(fit({ title, description: title }).value).toMatchObject({ description: title });
});

test('line breaks, tabs and control characters leave a title', () => {
  const { value, notes } = fit({ title: 'a\r\n b\tc\u0007\u009b\u202e', description: 'x\u001b[31m\u0000' });
  expect(value).toEqual({ title: 'a b c', description: 'x[31m' });
  expect(notes).toHaveLength(3);
});

test('the end of a long description becomes the first message, and a long message several', () => {
  const { value, notes } = fit({
    title: 'a',
    description: `${'x'.repeat(20_000)}yz`,
    messages: [{ externalId: 'm', body: `${'p'.repeat(20_000)}q` }],
  });
  expect(value).toMatchObject({
    description: 'x'.repeat(20_000),
    messages: ['yz', { externalId: 'm', body: 'p'.repeat(20_000) }, { externalId: 'm/2', body: 'q' }],
  });
  expect(notes).toHaveLength(2);
});

test('null is absent, and a number is an id', () => {
  expect(
    fit({ externalId: 360001234567, title: 'a', description: null, messages: [{ body: 'b', kind: null }] }),
  ).toEqual({ value: { externalId: '360001234567', title: 'a', messages: [{ body: 'b' }] }, notes: [] });
  expect(fit({ externalId: 2 ** 53 }).value).toEqual({ externalId: 2 ** 53 });
});

test('too many and too long tags are cut', () => {
  const tags = Array.from({ length: 25 }, (_, i) => `${i}`.padEnd(50, 'x'));
  const { value, notes } = fit({ title: 'a', tags });
  expect(value).toMatchObject({ tags: tags.slice(0, 20).map((tag) => tag.slice(0, 40)) });
  expect(notes).toHaveLength(1);
});

test('values of the options come before values of the help desk', () => {
  const values = parseValues(['status:Pending=open', 'type:My own=QUESTION'], PROFILES.zendesk);
  const { value } = fitRow({ status: 'pending', type: 'My_own', priority: 'Urgent' }, values, 'zendesk');
  expect(value).toEqual({ status: 'OPEN', type: 'QUESTION', priority: 'CRITICAL' });
  expect(parseValues([], COMMON)).toEqual(new Map());
});

test('an unknown type or name of a help desk is left out with a note', () => {
  const row = { title: 'a', type: 'Refund', assignedToId: 'Jane Doe' };
  const { value, notes } = fitRow(row, parseValues([], PROFILES.freshdesk), 'freshdesk');
  expect(value).toEqual({ title: 'a' });
  expect(notes).toEqual([expect.stringContaining('"Refund"'), expect.stringContaining('"Jane Doe"')]);
});
