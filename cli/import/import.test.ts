import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Rejected } from './tally.ts';
import {
  listed,
  type RunningServer,
  runImport,
  startImport,
  startServer,
  startWire,
  type Wire,
} from './test-server.ts';

const TIMEOUT_MILLISECONDS = 600_000;

let folder: string;
let server: RunningServer;
let wire: Wire;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-import-'));
  server = await startServer(join(folder, 'data'));
  wire = await startWire(server.url);
});

afterEach(async () => {
  wire.close();
  await server.kill();
  rmSync(folder, { recursive: true });
});

function fileOf(name: string, lines: readonly unknown[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return file;
}

interface Stored {
  id: string;
  externalId: string;
  title: string;
  status: string;
  reporterId: string;
  version: number;
  triage: object | null;
}

/** All tickets, messages, tasks and users of the server, sorted and comparable. */
async function everything() {
  const [tickets, tasks, users] = await Promise.all([
    listed<Stored>(server.url, 'v1/tickets?sort=createdAt'),
    listed<{ externalId: string; ticketId: string | null; title: string; done: boolean }>(server.url, 'v1/tasks'),
    listed<{ id: string; role: string }>(server.url, 'v1/users'),
  ]);
  const nameOf = new Map(tickets.map(({ id, externalId }) => [id, externalId]));
  const withMessages = await Promise.all(
    tickets.map(async ({ id, externalId, title, status, reporterId }) => {
      const messages = await listed<{ body: string; kind: string; authorId: string }>(
        server.url,
        `v1/tickets/${id}/messages?sort=createdAt`,
      );
      const said = messages.map(
        ({ kind, body, authorId }) => `${kind} ${authorId === reporterId ? 'reporter' : authorId}: ${body}`,
      );
      return { externalId, title, status, messages: said };
    }),
  );
  return {
    tickets: withMessages.sort((a, b) => (a.externalId < b.externalId ? -1 : 1)),
    tasks: tasks
      .map(({ externalId, ticketId, title, done }) => ({ externalId, title, done, ticket: nameOf.get(ticketId ?? '') }))
      .sort((a, b) => (a.externalId < b.externalId ? -1 : 1)),
    users: users.map(({ id, role }) => `${id} ${role}`).sort(),
  };
}

const STATUSES = ['NEW', 'open', 'In_Progress', 'RESOLVED', 'CLOSED'];

/** Rows with every feature: users, tasks, replies, notes, each status. */
function conversations(many: number): unknown[] {
  const people = Array.from({ length: 5 }, (_, i) => ({ user: { id: `agent${i}`, role: 'agent' } }));
  const tickets = Array.from({ length: many }, (_, i) => ({
    externalId: `row-${String(i).padStart(4, '0')}`,
    subject: `Ticket ${i}`,
    email: `customer${i % 7}@example.org`,
    status: STATUSES[i % STATUSES.length],
    messages: [
      'First',
      { kind: 'note', body: 'Second', authorId: `agent${i % 5}` },
      { body: 'Third', authorId: `agent${i % 5}`, externalId: `mine-${i}` },
      'Fourth',
    ],
    tasks: [{ title: `Task of ${i}`, done: i % 2 === 0 }],
  }));
  return [...people, ...tickets, { task: { title: 'Alone', externalId: 'alone' } }];
}

function expectedOf(many: number) {
  const names = Array.from({ length: many }, (_, i) => `row-${String(i).padStart(4, '0')}`);
  return {
    tickets: names.map((externalId, i) => ({
      externalId,
      title: `Ticket ${i}`,
      status: STATUSES[i % STATUSES.length]?.toUpperCase(),
      messages: [
        'reply reporter: First',
        `note agent${i % 5}: Second`,
        `reply agent${i % 5}: Third`,
        'reply reporter: Fourth',
      ],
    })),
    tasks: [
      { externalId: 'alone', title: 'Alone', done: false, ticket: undefined },
      ...names.map((externalId, i) => ({
        externalId: `${externalId}/task/1`,
        title: `Task of ${i}`,
        done: i % 2 === 0,
        ticket: externalId,
      })),
    ],
  };
}

test('imports good rows, rejects bad ones with line and reason, and creates no duplicates', {
  timeout: TIMEOUT_MILLISECONDS,
}, async () => {
  const file = fileOf('mixed.ndjson', [
    { user: { id: 'ana', name: 'Ana', role: 'agent' } },
    { externalId: 'a', title: 'A', priority: 'high', category: 'billing', messages: ['Hello'] },
    '{"externalId": "broken", ',
    { externalId: 'b', title: '', colour: 'red' },
    '',
    { externalId: 'c', title: 'C', status: 'RESOLVED', messages: ['Good', ' ', { body: 'Better', authorId: 'ana' }] },
    { externalId: 'd', title: 'D', status: 'Done' },
    { user: { id: 'not an id' } },
    ['no', 'row'],
    { title: 'Without a name' },
    { title: 'Without a name' },
    { task: { title: 'Alone' } },
    { task: { title: 'Lost', ticketId: 'tkt_none' } },
    { externalId: 'e', description: 'First line\nSecond', status: 'CLOSED', tasks: [{ title: 'Do it' }] },
  ]);
  const first = await runImport([file, '--url', server.url]);
  const [c, lost] = [6, 13].map((line) => first.report.rejected.find((one: Rejected) => one.line === line));
  expect(first.code).toBe(1);
  expect(first.report).toMatchObject({
    file,
    rows: 13,
    tickets: { created: 4, existing: 1 },
    messages: { created: 3, existing: 0 },
    tasks: { created: 2, existing: 0 },
    users: { created: 1, existing: 0 },
  });
  expect(first.report.rejected.map(({ line, externalId }: Rejected) => [line, externalId])).toEqual([
    [3, null],
    [4, 'b'],
    [6, 'c'],
    [7, 'd'],
    [8, null],
    [9, null],
    [13, null],
  ]);
  expect(c).toEqual({
    line: 6,
    externalId: 'c',
    reason: '/messages/1/body: Must not be empty. The status stays NEW until another run imports the complete row.',
    errors: [{ pointer: '/messages/1/body', code: 'too_short', message: 'Must not be empty.' }],
  });
  expect(lost.reason).toBe('/task/ticketId: There is no ticket tkt_none.');
  const b = first.report.rejected.find((one: Rejected) => one.line === 4);
  expect(b.errors.map(({ pointer }: Rejected['errors'][number]) => pointer).sort()).toEqual(['/colour', '/title']);

  const stored = await everything();
  expect(stored.tickets).toEqual([
    { externalId: 'a', title: 'A', status: 'NEW', messages: ['reply reporter: Hello'] },
    { externalId: 'c', title: 'C', status: 'NEW', messages: ['reply reporter: Good', 'reply ana: Better'] },
    { externalId: 'e', title: 'First line', status: 'CLOSED', messages: [] },
    { externalId: expect.stringMatching(/^import-/), title: 'Without a name', status: 'NEW', messages: [] },
  ]);

  const second = await runImport([file, '--url', server.url]);
  expect(second.report).toMatchObject({
    tickets: { created: 0, existing: 5 },
    messages: { created: 0, existing: 3 },
    tasks: { created: 0, existing: 2 },
    users: { created: 0, existing: 1 },
  });
  expect(second.report.rejected).toHaveLength(7);
  expect(await everything()).toEqual(stored);
});

test('the next run completes a corrected row and sets its status', async () => {
  const row = { externalId: 'a', title: 'A', status: 'CLOSED' };
  const broken = fileOf('a.ndjson', [{ ...row, messages: ['One', ''] }]);
  expect(await runImport([broken, '--url', server.url])).toMatchObject({ code: 1 });
  const mended = fileOf('a.ndjson', [{ ...row, messages: ['One', 'Two'] }]);
  expect(await runImport([mended, '--url', server.url])).toMatchObject({
    code: 0,
    report: { tickets: { created: 0, existing: 1 }, messages: { created: 1, existing: 1 }, rejected: [] },
  });
  expect((await everything()).tickets).toEqual([
    { externalId: 'a', title: 'A', status: 'CLOSED', messages: ['reply reporter: One', 'reply reporter: Two'] },
  ]);
});

test('keeps later changes by users: a status, a closed ticket, a deleted ticket', async () => {
  const file = fileOf('a.ndjson', [
    { externalId: 'moved', title: 'A', status: 'RESOLVED' },
    { externalId: 'deleted', title: 'B', status: 'OPEN', messages: ['One'], tasks: [{ title: 'Do it' }] },
    { externalId: 'closed', title: 'C', messages: ['One'] },
  ]);
  expect(await runImport([file, '--url', server.url])).toMatchObject({ code: 0 });
  const tickets = await listed<Stored>(server.url, 'v1/tickets');
  const urlOf = (name: string) => `${server.url}/v1/tickets/${tickets.find((one) => one.externalId === name)?.id}`;
  const patch = (name: string, body: object) =>
    fetch(urlOf(name), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await patch('moved', { status: 'OPEN' });
  await patch('closed', { status: 'CLOSED' });
  await fetch(urlOf('deleted'), { method: 'DELETE' });
  const before = await everything();

  // The file has new parts. They are added where possible; closed and deleted tickets stay unchanged.
  const grown = fileOf('a.ndjson', [
    { externalId: 'moved', title: 'A', status: 'RESOLVED' },
    { externalId: 'deleted', title: 'B', status: 'OPEN', messages: ['One', 'Two'], tasks: [{ title: 'Do it' }] },
    { externalId: 'closed', title: 'C', messages: ['One', 'Two'] },
  ]);
  expect(await runImport([grown, '--url', server.url])).toMatchObject({
    code: 1,
    report: {
      tickets: { created: 0, existing: 3 },
      messages: { created: 0, existing: 3 },
      tasks: { created: 0, existing: 1 },
      rejected: [],
      // The second message of the closed ticket is not in Curlew.
      different: [{ line: 3, externalId: 'closed', errors: [] }],
    },
  });
  expect(await everything()).toEqual(before);
  expect((await fetch(urlOf('deleted'))).status).toBe(404);
});

test('counts only equal content as already there', { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const rows = [
    { user: { id: 'ana', name: 'Ana', role: 'agent' } },
    { externalId: 'a', subject: 'A', category: 'x', email: 'Kim@example.org', status: 'RESOLVED', messages: ['One'] },
    { externalId: 'b', description: 'B', tags: ['t'], assignedToId: 'ana', customFields: { plan: 1 } },
    { externalId: 'c', title: 'C', tasks: [{ title: 'Do it' }] },
    { task: { externalId: 'd', title: 'D' } },
  ];
  const file = fileOf('a.ndjson', rows);
  expect(await runImport([file, '--url', server.url])).toMatchObject({ code: 0 });
  const patch = async (name: string, body: object) => {
    const [found] = (await listed<Stored>(server.url, 'v1/tickets')).filter(({ externalId }) => externalId === name);
    await fetch(`${server.url}/v1/tickets/${found?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };
  // Changes by users after the import do not count as different.
  await patch('a', { title: 'Renamed', status: 'OPEN', tags: [] });
  await patch('a', { title: 'Renamed again' });
  expect(await runImport([file, '--url', server.url])).toMatchObject({
    code: 0,
    report: { tickets: { created: 0, existing: 3 }, users: { existing: 1 }, rejected: [], different: [] },
  });
  const before = await everything();

  const others = [
    { user: { id: 'ana', name: 'Anna', role: 'agent' } },
    { ...rows[1], subject: 'Renamed', email: 'pat@example.org', status: 'OPEN', messages: ['Two', 'Three'] },
    { externalId: 'b', title: 'B', priority: 'HIGH' },
    { externalId: 'c', title: 'C', messages: ['New'], tasks: [{ title: 'Do that' }] },
    { task: { externalId: 'd', title: 'D', done: true } },
  ];
  const { code, report } = await runImport([fileOf('b.ndjson', others), '--url', server.url]);
  expect([code, report.rejected]).toEqual([1, []]);
  expect(report).toMatchObject({
    rows: 5,
    tickets: { created: 0, existing: 1 },
    messages: { created: 1, existing: 0 },
    tasks: { created: 0, existing: 0 },
    users: { created: 0, existing: 0 },
  });
  const pointers = report.different.map(({ line, errors }: Rejected) => [
    line,
    errors.map(({ pointer }) => pointer).sort(),
  ]);
  expect(pointers).toEqual([
    [1, ['/user/name']],
    [2, ['/email', '/title']],
    [3, ['/assignedToId', '/customFields', '/description', '/priority', '/tags']],
    [4, ['/tasks/0/title']],
    [5, ['/task/done']],
  ]);
  const after = await everything();
  expect(after.tickets.slice(0, 2)).toEqual(before.tickets.slice(0, 2));
  expect(after.tickets[2]?.messages).toEqual(['reply reporter: New']);
});

test('a message with other content is different, and none is added to its conversation', async () => {
  const row = { externalId: 'a', title: 'A' };
  const url = ['--url', server.url];
  await runImport([fileOf('a.ndjson', [{ ...row, messages: ['One'] }]), ...url]);
  const other = fileOf('b.ndjson', [{ ...row, messages: ['Other', 'Two'], status: 'CLOSED' }]);
  expect(await runImport([other, ...url])).toMatchObject({
    code: 1,
    report: { messages: { created: 0 }, different: [{ errors: [{ pointer: '/messages/0/body' }] }] },
  });
  expect((await everything()).tickets).toMatchObject([{ status: 'NEW', messages: ['reply reporter: One'] }]);
});

test('rejects ids that a spreadsheet shortened, and imports the other rows', async () => {
  const rows = ['a', 'b', 'c', 'd'].map((subject) => `3.60001E+11,${subject}`);
  const file = fileOf('a.csv', ['External ID,Subject', ...rows, '360001000001,e']);
  const { code, report } = await runImport([file, '--url', server.url]);
  expect([code, report.tickets, report.rejected.length]).toEqual([1, { created: 1, existing: 0 }, 4]);
  expect(report.rejected[0].reason).toMatch(/3\.60001E\+11 is a long number that a spreadsheet shortened/);
});

test.each([
  // Triage with the setting `apply` changes a new ticket in the same way.
  ['sets the status of a ticket that changed but was not moved', { priority: 'HIGH' }, 'RESOLVED'],
  ['sets no status on a ticket that a user moved during the import', { status: 'IN_PROGRESS' }, 'IN_PROGRESS'],
])('%s', async (_, change, status) => {
  const file = fileOf('a.ndjson', [{ externalId: 'a', title: 'A', status: 'RESOLVED' }]);
  wire.onRequest = async (number): Promise<'pass'> => {
    // The first request probes the server, the second opens the ticket, the third moves it.
    if (number === 3) {
      await fetch(`${server.url}/v1/tickets/1`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      });
    }
    return 'pass';
  };
  expect(await runImport([file, '--url', wire.url])).toMatchObject({ code: 0, report: { rejected: [] } });
  expect((await everything()).tickets).toMatchObject([{ status }]);
});

test('a repeated run reads existing messages page by page and sends none of them again', async () => {
  const messages = Array.from({ length: 150 }, (_, i) => `Message ${i}`);
  const file = fileOf('a.ndjson', [{ externalId: 'a', title: 'A', status: 'CLOSED', messages }]);
  expect(await runImport([file, '--url', server.url])).toMatchObject({ report: { messages: { created: 150 } } });
  let requests = 0;
  wire.onRequest = () => {
    requests++;
    return 'pass';
  };
  expect(await runImport([file, '--url', wire.url])).toMatchObject({ report: { messages: { existing: 150 } } });
  // The probe, opening the ticket, reading the ticket, two pages of messages.
  expect(requests).toBe(5);
});

test('reads the CSV of help desks, and a repeated run changes nothing', async () => {
  const file = fileOf('a.csv', [
    '\ufeffExternal ID,Subject,Body,Status,Priority,Type,Tags,Reporter Email,Assigned To ID\r',
    'csv-1,Broken,"It ""broke""',
    'on Monday",In Progress,High,Service Request,a; b,kim@example.org,ana\r',
    'csv-2,Wrong,,,Urgent,,,,\r',
    'csv-3,Too many,,,,,,,,,\r',
    ',Without a name,,,,,,KIM@example.org,\r',
    'csv-4,"Never closed,,,,,,',
  ]);
  const first = await runImport([file, '--url', server.url]);
  expect(first).toMatchObject({ code: 1, report: { rows: 5, tickets: { created: 2, existing: 0 } } });
  expect(first.report.rejected).toMatchObject([
    { line: 4, externalId: 'csv-2', reason: expect.stringContaining('/priority: Must be one of') },
    { line: 5, externalId: null, reason: expect.stringContaining('11 cells instead') },
    { line: 7, externalId: null, reason: expect.stringContaining('never closed') },
  ]);
  const untriaged = async () =>
    (await listed<Stored>(server.url, 'v1/tickets')).filter(({ triage }) => triage === null);
  // Triage changes tickets in the background. After it has finished, only the second run could change one.
  await expect.poll(untriaged).toEqual([]);
  const stored = await listed<Stored>(server.url, 'v1/tickets');
  expect(new Set(stored.map(({ reporterId }) => reporterId)).size).toBe(1);
  expect(stored.find(({ externalId }) => externalId === 'csv-1')).toMatchObject({
    title: 'Broken',
    description: 'It "broke"\non Monday',
    status: 'IN_PROGRESS',
    priority: 'HIGH',
    type: 'SERVICE_REQUEST',
    tags: ['a', 'b'],
    assignedToId: 'ana',
  });
  expect(await runImport([file, '--url', server.url])).toMatchObject({
    report: { tickets: { created: 0, existing: 2 } },
  });
  expect(await listed<Stored>(server.url, 'v1/tickets')).toEqual(stored);
});

test('another run completes the import after a kill at any point', { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const file = fileOf('a.ndjson', conversations(60));
  for (const limit of [3, 40, 90, 150]) {
    const running = startImport([file, '--url', wire.url]);
    let requests = 0;
    wire.onRequest = () => {
      if (++requests === limit) running.kill('SIGKILL');
      return 'pass';
    };
    expect(await running.done).toMatchObject({ code: null, stdout: '' });
  }
  const partial = await everything();
  expect(partial.tickets.length).toBeGreaterThan(0);
  expect(partial).not.toMatchObject(expectedOf(60));

  wire.onRequest = () => 'pass';
  const last = await runImport([file, '--url', wire.url]);
  expect(last).toMatchObject({ code: 0, report: { rejected: [] } });
  expect(last.report.tickets.created + last.report.tickets.existing).toBe(60);
  expect(await everything()).toMatchObject(expectedOf(60));
});

test('nothing is lost or duplicated if the server is killed and restarted during the import', {
  timeout: TIMEOUT_MILLISECONDS,
}, async () => {
  const file = fileOf('a.ndjson', conversations(100));
  let restarted: Promise<void> | undefined;
  async function restart(): Promise<void> {
    await server.kill();
    server = await startServer(join(folder, 'data'));
    wire.target = server.url;
  }
  wire.onRequest = async (number): Promise<'pass'> => {
    if (number === 200) restarted = restart();
    // Only a few requests find no server. The others wait, so that no row uses up its tries on a slow machine.
    if (number > 220) await restarted;
    return 'pass';
  };
  const first = await runImport([file, '--url', wire.url]);
  await restarted;
  expect(restarted).toBeDefined();
  // The first run may succeed through retries. The second run must find each item exactly once.
  const second = await runImport([file, '--url', wire.url]);
  expect(second).toMatchObject({ code: 0, report: { rejected: [], users: { created: 0, existing: 5 } } });
  const made = (kind: string) => first.report[kind].created + second.report[kind].created;
  expect([made('tickets'), made('messages'), made('tasks')]).toEqual([100, 400, 101]);
  expect(await everything()).toMatchObject(expectedOf(100));
});

test('a request is retried if its response is lost, and counts once', { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const file = fileOf('a.ndjson', conversations(20));
  wire.onRequest = (number) => (number % 5 === 0 ? 'drop' : 'pass');
  expect(await runImport([file, '--url', wire.url])).toMatchObject({
    code: 0,
    report: {
      tickets: { created: 20, existing: 0 },
      messages: { created: 80, existing: 0 },
      tasks: { created: 21, existing: 0 },
      users: { created: 5, existing: 0 },
    },
  });
  expect(await everything()).toMatchObject(expectedOf(20));
});

test('Ctrl-C finishes the rows in progress, explains how to continue, and loses nothing', {
  timeout: TIMEOUT_MILLISECONDS,
}, async () => {
  const file = fileOf('a.ndjson', conversations(60));
  const running = startImport([file, '--url', wire.url]);
  wire.onRequest = (number) => {
    if (number === 100) running.kill('SIGINT');
    return 'pass';
  };
  const { code, stdout, stderr } = await running.done;
  expect(code).toBe(130);
  expect(stderr).toContain('Finishing the rows in progress');
  expect(stdout).toMatch(/tickets +\d+ created, 0 already there/);
  expect(stdout).toContain('Run the same command again');
  const whole = (await everything()).tickets;
  expect(whole.length).toBeLessThan(60);
  expect(whole).toEqual(expectedOf(60).tickets.slice(0, whole.length));

  expect(await runImport([file, '--url', server.url])).toMatchObject({ code: 0 });
  expect(await everything()).toMatchObject(expectedOf(60));
});

test('a dry run reports invalid rows and sends no request', async () => {
  const rows = [
    { user: { id: 'ana', role: 'boss' } },
    { externalId: 'a', subject: '', category: 'x'.repeat(50), messages: ['', 'Good'], tasks: [{ done: 'yes' }] },
    { externalId: 'b', title: 'B' },
  ];
  const { code, report } = await runImport([fileOf('a.ndjson', rows), '--url', wire.url, '--dry-run']);
  expect(code).toBe(1);
  expect(report).toMatchObject({ dryRun: true, rows: 3, tickets: { created: 2 }, messages: { created: 2 } });
  const pointers = report.rejected.flatMap(({ errors }: Rejected) => errors.map(({ pointer }) => pointer));
  expect(pointers).toEqual([
    '/user/role',
    '/category',
    '/subject',
    '/messages/0/body',
    '/tasks/0/title',
    '/tasks/0/done',
  ]);
  expect(await everything()).toMatchObject({ tickets: [], tasks: [] });
});

test('reports wrong arguments and an unreachable server in one sentence', async () => {
  const table = fileOf('a.csv', ['Topic,Plan', 'A,gold']);
  const outcome = async (...args: string[]) => {
    const { code, stdout, stderr } = await startImport(args).done;
    return { code, stdout, stderr };
  };
  expect(await outcome('--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('two rows\nwith the same content are one ticket'),
  });
  expect(await outcome()).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining("missing required argument 'file'"),
  });
  expect(await outcome(table, '--url', server.url)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Unknown column "Topic", "Plan".'),
  });
  expect(await outcome(join(folder, 'no.csv'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no file'),
  });
  expect(await everything()).toMatchObject({ tickets: [] });
  await server.kill();
  expect(await outcome(table, '--map', 'Topic=title', '--url', server.url)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`the connection was refused (3 tries). Is it running at ${server.url}?`),
  });
});
