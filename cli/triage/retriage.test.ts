import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Api, NoAnswer } from '@curlew/client';
import { afterEach, expect, test } from 'vitest';
import { retriage } from './retriage.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface FakeTicket {
  readonly id: string;
  readonly number: number;
  readonly triage: object | null;
}

type Answered = readonly [status: number, body?: object, headers?: Record<string, string>];

/** Makes `count` tickets. Tickets with an even number were analysed before. */
const tickets = (count: number): FakeTicket[] =>
  Array.from({ length: count }, (_, i) => ({ id: `tkt_${i + 1}`, number: i + 1, triage: i % 2 === 1 ? {} : null }));

interface Fake {
  readonly tickets?: readonly FakeTicket[];
  list?(query: URLSearchParams): Answered | undefined;
  triage?(id: string, tries: number): Answered | Promise<Answered>;
}

/** A server whose list cursors are positions. It records its requests. */
async function serve({ tickets: all = [], list, triage = () => [200, {}] }: Fake) {
  const seen = { queries: [] as string[], triaged: [] as string[], most: 0, authorizations: new Set<unknown>() };
  const tries = new Map<string, number>();
  let underWay = 0;
  server = createServer(async (request, response) => {
    const answer = ([status, body = {}, headers = {}]: Answered) =>
      response.writeHead(status, headers).end(JSON.stringify(body));
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any');
    seen.authorizations.add(request.headers.authorization);
    if (request.method === 'GET' && pathname === '/v1/tickets') {
      seen.queries.push(searchParams.toString());
      const refused = list?.(searchParams);
      if (refused !== undefined) return answer(refused);
      const from = Number(searchParams.get('cursor') ?? 0);
      const to = from + Number(searchParams.get('limit'));
      searchParams.set('cursor', String(to));
      const link = to < all.length ? { link: `</v1/tickets?${searchParams}>; rel="next"` } : {};
      return answer([200, all.slice(from, to), link]);
    }
    const id = /^\/v1\/tickets\/(\w+)\/triage$/.exec(pathname)?.[1];
    if (request.method !== 'POST' || id === undefined) return answer([404, problem('route_not_found')]);
    seen.most = Math.max(seen.most, ++underWay);
    const nth = (tries.get(id) ?? 0) + 1;
    tries.set(id, nth);
    const outcome = await triage(id, nth);
    underWay--;
    if (outcome[0] === 200) seen.triaged.push(id);
    return answer(outcome);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const problem = (code: string) => ({ code, detail: `It is ${code}.` });

function start(args: readonly string[], more: Record<string, string> = {}) {
  const child = spawn(`${ROOT}node_modules/.bin/node`, ['cli/main.ts', 'triage', ...args], {
    cwd: ROOT,
    env: { ...process.env, CURLEW_URL: '', CURLEW_TOKEN: '', CURLEW_API_KEY: '', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk;
  });
  const done = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { done, interrupt: () => child.kill('SIGINT') };
}

const run = (args: readonly string[], more: Record<string, string> = {}) => start(args, more).done;

test('without arguments it prints its help and sends no request', async () => {
  const { code, stdout } = await run([], { CURLEW_URL: 'http://127.0.0.1:1' });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/npm run curlew -- triage --all \| --missing/)]);
});

test('invalid arguments exit with 2', async () => {
  const { code, stderr } = await run(['--all', '--missing']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/either --all or --missing/)]);
});

test('analyses all tickets of all pages, oldest first, a few in parallel', async () => {
  const all = tickets(250);
  const { url, seen } = await serve({ tickets: all });
  const { code, stdout, stderr } = await run(['--all', '--url', url], { CURLEW_API_KEY: 'clw_key' });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^250 tickets seen, 250 read \([\d,]+\/s\)\n$/);
  expect(seen.triaged.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  expect(seen.queries).toEqual([
    'sort=createdAt&limit=100',
    'sort=createdAt&limit=100&cursor=100',
    'sort=createdAt&limit=100&cursor=200',
  ]);
  expect(seen.most).toBeLessThanOrEqual(4);
  expect([...seen.authorizations]).toEqual(['Bearer clw_key']);
});

test('--missing skips analysed tickets, and --since skips unchanged ones', async () => {
  const { url, seen } = await serve({ tickets: tickets(5) });
  const { code, stdout } = await run(['--missing', '--since', '2026-11-21T08:00:00Z', '--url', url]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^5 tickets seen, 3 read \([\d,]+\/s\), 2 had been analysed before\n$/);
  expect(seen.triaged.toSorted()).toEqual(['tkt_1', 'tkt_3', 'tkt_5']);
  expect(seen.queries).toEqual(['sort=createdAt&limit=100&updatedSince=2026-11-21T08%3A00%3A00Z']);
});

test('waits for Retry-After and retries', async () => {
  const busy: Record<string, Answered> = {
    tkt_1: [429, problem('rate_limited'), { 'retry-after': '1' }],
    tkt_2: [503, problem('unavailable'), { 'retry-after': '1' }],
  };
  const { url, seen } = await serve({
    tickets: tickets(3),
    triage: (id, tries) => (tries === 1 && busy[id]) || [200, {}],
  });
  const { code } = await run(['--all', '--url', url]);
  expect([code, seen.triaged.toSorted()]).toEqual([0, ['tkt_1', 'tkt_2', 'tkt_3']]);
});

test('skips deleted tickets, continues after failures, and lists them at the end', async () => {
  const answers: Record<string, Answered> = {
    tkt_2: [404, problem('not_found')],
    tkt_3: [409, problem('ticket_closed')],
    tkt_4: [418, {}],
  };
  const { url } = await serve({ tickets: tickets(5), triage: (id) => answers[id] ?? [200, {}] });
  const { code, stdout, stderr } = await run(['--all', '--url', url]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^5 tickets seen, 2 read \([\d,]+\/s\), 1 deleted meanwhile, 2 failed\n$/);
  expect(stderr.split('\n')).toEqual([
    'ticket 3: It is ticket_closed.',
    'ticket 4: The server answered 418 without an explanation.',
    '',
  ]);
});

test('Ctrl-C finishes the tickets in progress and prints how to continue', async () => {
  const interrupted = Promise.withResolvers<void>();
  const { url, seen } = await serve({
    tickets: tickets(300),
    async triage(id) {
      if (id === 'tkt_150') {
        child.interrupt();
        interrupted.resolve();
      }
      if (Number(id.slice(4)) >= 150) await interrupted.promise;
      return [200, {}];
    },
  });
  const child = start(['--all', '--url', url, '--concurrency', '1']);
  const { code, stdout, stderr } = await child.done;
  expect([code, stderr]).toEqual([130, expect.stringMatching(/Finishing the tickets in progress/)]);
  const { length } = seen.triaged;
  expect(length).toBeGreaterThanOrEqual(150);
  expect(length).toBeLessThan(300);
  expect(stdout).toMatch(`${length} tickets seen, ${length} read`);
  expect(stdout).toMatch('Stopped by Ctrl-C.\nTo continue: npm run curlew -- triage --all --after 100\n');

  const again = await run(['--all', '--url', url, '--after', '100']);
  expect([again.code, new Set(seen.triaged).size]).toEqual([0, 300]);
});

test.each([
  ['requires a sign-in', [401, problem('unauthenticated')], /requires credentials/],
  ['refuses the caller', [403, problem('forbidden')], /cannot analyse tickets: It is forbidden/],
  ['has no triage', [404, problem('route_not_found')], /cannot analyse tickets: It is route_not_found/],
] satisfies [string, Answered, RegExp][])('stops immediately if the server %s', async (_, answer, why) => {
  const { url } = await serve({ tickets: tickets(50), triage: () => answer });
  const { code, stderr } = await run(['--all', '--url', url]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(why)]);
});

test('prints its position if the server no longer accepts its credentials', async () => {
  const { url } = await serve({
    tickets: tickets(250),
    triage: (id) => (Number(id.slice(4)) > 120 ? [401, problem('unauthenticated')] : [200, {}]),
  });
  const { code, stdout } = await run(['--missing', '--url', url]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^Stopped: .* requires credentials.*\.\nTo continue: npm run curlew -- triage --missing --after 100\n$/ms,
  );
});

test.each([
  ['lists nothing', [400, problem('invalid_cursor')], /does not list its tickets: It is invalid_cursor/],
  ['is not a Curlew server', [200, { hello: 'world' }], /it is not a Curlew server \(200\)/],
] satisfies [string, Answered, RegExp][])('reports the problem if the server %s', async (_, answer, why) => {
  const { url } = await serve({ list: () => answer });
  const { code, stderr } = await run(['--all', '--url', url]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(why)]);
});

test('stops at the first unanswered page if the server no longer answers', async () => {
  const all = tickets(250);
  const failed: number[] = [];
  const tally = { listed: 0, triaged: 0, skipped: 0, gone: 0, failed: 0 };
  const api: Api = async (method, path) => {
    const from = Number(new URL(path, 'http://any').searchParams.get('cursor') ?? 0);
    const next = from < 200 ? `/v1/tickets?cursor=${from + 100}` : undefined;
    if (method === 'GET') return { status: 200, body: all.slice(from, from + 100), next };
    if (Number(/\d+/.exec(path.slice(3))?.[0]) < 195) return { status: 200, body: {}, next: undefined };
    throw new NoAnswer('the connection was refused');
  };
  const stopped = await retriage({
    api,
    which: 'all',
    since: undefined,
    after: undefined,
    concurrency: 1,
    tally,
    fail: ({ number }) => failed.push(number),
    interrupted: () => false,
  });
  expect(stopped).toEqual({ why: 'Stopped: the server no longer answers.', at: '100' });
  expect(failed).toEqual(Array.from({ length: 20 }, (_, i) => 195 + i));
  expect(tally).toEqual({ listed: 214, triaged: 194, skipped: 0, gone: 0, failed: 20 });
});
