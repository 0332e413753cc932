import { NoAnswer } from '@curlew/client';
import { expect, test } from 'vitest';
import { type Import, importRows } from './import-rows.ts';
import type { ReadRow } from './read-row.ts';
import type { Row } from './row.ts';
import { newTally, type Rejected } from './tally.ts';

async function* numbered(rows: readonly unknown[]): AsyncGenerator<ReadRow> {
  for (const [i, row] of rows.entries()) {
    yield row instanceof Error ? { line: i + 1, bytes: i, error: row.message } : { line: i + 1, bytes: i, row };
  }
}

function job(rows: readonly unknown[], send: Import['send'], more: Partial<Import> = {}) {
  const rejected: Rejected[] = [];
  const different: Rejected[] = [];
  const tally = newTally();
  const done = importRows({
    rows: numbered(rows),
    concurrency: 4,
    values: new Map(),
    tally,
    send,
    reject: (one) => rejected.push(one),
    differ: (one) => different.push(one),
    note() {},
    interrupted: () => false,
    ...more,
  });
  return { done, rejected, different, tally };
}

const tickets = (many: number) => Array.from({ length: many }, (_, i) => ({ externalId: `t${i}`, title: 'a' }));
const nameOf = (row: Row) => (row.kind === 'user' ? String(row.user.id) : row.externalId);

test('continues after rows that are refused or unreadable', async () => {
  const refusal = { reason: 'No.', errors: [{ pointer: '/title', code: 'bad', message: 'No.' }] };
  const rows = [{ externalId: 'a' }, new Error('Is not valid JSON.'), 7, { externalId: 'b' }, { externalId: 'c' }];
  const { done, rejected, tally } = job(rows, async (row) => (nameOf(row) === 'b' ? [refusal, refusal] : []));
  expect(await done).toBe('complete');
  expect(rejected.sort((a, b) => a.line - b.line)).toEqual([
    { line: 2, externalId: null, reason: 'Is not valid JSON.', errors: [] },
    { line: 3, externalId: null, reason: 'A row must be a JSON object.', errors: [expect.anything()] },
    { line: 4, externalId: 'b', reason: 'No. No.', errors: [...refusal.errors, ...refusal.errors] },
  ]);
  expect(tally).toMatchObject({ rows: 5, rejected: 3, bytes: 4 });
});

test('sends at most the given number of rows in parallel', async () => {
  let underWay = 0;
  let most = 0;
  const { done } = job(tickets(50), async () => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return [];
  });
  await done;
  expect(most).toBe(4);
});

test('sends a row only after the users above it are created', async () => {
  const log: string[] = [];
  const rows = [{ externalId: 'a' }, { user: { id: 'u' } }, { user: { id: 'v' } }, { externalId: 'b' }];
  const { done } = job(rows, async (row) => {
    log.push(`start ${nameOf(row)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`end ${nameOf(row)}`);
    return [];
  });
  await done;
  expect(log.indexOf('end u')).toBeLessThan(log.indexOf('start v'));
  expect(log.indexOf('end v')).toBeLessThan(log.indexOf('start b'));
});

test('stops after 20 consecutive rows without an answer', async () => {
  const { done, rejected, tally } = job(tickets(1000), async () => {
    throw new NoAnswer('the connection was refused');
  });
  expect(await done).toBe('unanswered');
  expect(tally.rows).toBeGreaterThanOrEqual(20);
  expect(tally.rows).toBeLessThan(30);
  expect(rejected).toHaveLength(tally.rows);
  expect(rejected[0]?.reason).toBe('The server did not answer: the connection was refused.');
});

test('does not stop if the server answers some rows', async () => {
  let asked = 0;
  const { done, tally } = job(tickets(200), async () => {
    if (++asked % 15 !== 0) throw new NoAnswer('503');
    return [];
  });
  expect(await done).toBe('complete');
  expect(tally).toMatchObject({ rows: 200, rejected: 187 });
});

test('finishes the rows in progress when interrupted', async () => {
  let ended = 0;
  const { done, tally } = job(
    tickets(100),
    async () => {
      await new Promise(setImmediate);
      ended++;
      return [];
    },
    { interrupted: () => ended >= 10 },
  );
  expect(await done).toBe('interrupted');
  expect(ended).toBe(tally.rows);
  expect(ended).toBeLessThan(20);
});

test('throws an unexpected error after the rows in progress', async () => {
  let ended = 0;
  const { done } = job(tickets(10), async (row) => {
    if (nameOf(row) === 't1') throw new TypeError('a defect');
    await new Promise((resolve) => setTimeout(resolve, 5));
    ended++;
    return [];
  });
  await expect(done).rejects.toThrow('a defect');
  expect(ended).toBeGreaterThan(0);
});

test.each<[string, object, object, string]>([
  ['tickets', { externalId: '3', title: 'a' }, { externalId: '3', title: 'b' }, '/externalId'],
  ['users by id', { user: { id: 'a', name: 'A' } }, { user: { user_id: 'a', name: 'B' } }, '/user/id'],
  ['users by address', { user: { email: 'a@b.c' } }, { user: { email: 'A@b.c', name: 'B' } }, '/user/email'],
  ['tasks', { task: { externalId: 't', title: 'a' } }, { task: { externalId: 't', title: 'b' } }, '/task/externalId'],
  [
    'tasks of tickets',
    { externalId: 'a', title: 'a', tasks: [{ externalId: 't', title: 'a' }] },
    { externalId: 'b', title: 'b', tasks: [{ externalId: 't', title: 'a' }] },
    '/tasks/0/externalId',
  ],
])('rejects the second of two rows with one id and different content: %s', async (_, one, other, pointer) => {
  const sent: Row[] = [];
  const { done, rejected, tally } = job([one, one, other], async (row) => {
    sent.push(row);
    return [];
  });
  await done;
  expect(sent).toHaveLength(2);
  expect(tally).toMatchObject({ rows: 3, rejected: 1, different: 0 });
  expect(rejected).toMatchObject([
    {
      line: 3,
      reason: `${pointer}: Line 1 has the same id with other content.`,
      errors: [{ pointer, code: 'duplicate_id' }],
    },
  ]);
});

test('rejects a row with two messages that have one id and different content', async () => {
  const said = [
    { externalId: 'm', body: 'a' },
    { externalId: 'm', body: 'b' },
  ];
  const { done, rejected } = job([{ externalId: 'a', title: 'a', messages: said }], async () => []);
  await done;
  expect(rejected).toMatchObject([{ errors: [{ pointer: '/messages/1/externalId', code: 'duplicate_id' }] }]);
});

test('counts rows that are different and continues', async () => {
  const refusal = { reason: 'Other.', errors: [], isDifferent: true } as const;
  const { done, rejected, different, tally } = job(tickets(3), async (row) => (nameOf(row) === 't1' ? [refusal] : []));
  expect(await done).toBe('complete');
  expect(rejected).toEqual([]);
  expect(different).toMatchObject([{ line: 2, externalId: 't1', reason: 'Other.' }]);
  expect(tally).toMatchObject({ rejected: 0, different: 1 });
});
