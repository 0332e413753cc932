import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listed, type RunningServer, runImport, startImport, startServer } from './test-server.ts';

const ADMIN = { email: 'admin@localhost', password: 'seven grey herons' };

let folder: string;
let file: string;
let server: RunningServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-import-'));
  file = join(folder, 'rows.ndjson');
  writeFileSync(file, '{"title":"One"}\n{"title":"Two"}\n');
  server = await startServer(join(folder, 'data'), {
    CURLEW_AUTH: 'required',
    CURLEW_ADMIN_PASSWORD: ADMIN.password,
  });
});
afterEach(async () => {
  await server.kill();
  rmSync(folder, { recursive: true });
});

async function token(): Promise<string> {
  const body = JSON.stringify(ADMIN);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/v1/auth/sessions`, { method: 'POST', headers, body });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

test('with a token it creates an API key and revokes the key at the end', async () => {
  const CURLEW_TOKEN = await token();
  const { code, report, stderr } = await runImport(['examples/demo.ndjson', '--url', server.url], { CURLEW_TOKEN });
  expect([code, report?.tickets, stderr]).toEqual([0, { created: 60, existing: 0 }, '']);
  expect(await listed(server.url, '/v1/api-keys', CURLEW_TOKEN)).toEqual([]);
  expect(await listed(server.url, '/v1/tickets', CURLEW_TOKEN)).toHaveLength(60);
});

test.each([
  ['nothing', {}, /requires credentials: set CURLEW_TOKEN/],
  ['an invalid key', { CURLEW_API_KEY: 'clw_default_x' }, /the key in CURLEW_API_KEY is not valid/],
  ['an invalid token', { CURLEW_TOKEN: 'e30.e30.e30' }, /the token in CURLEW_TOKEN is not valid any more/],
])('with %s it reports the credentials and sends nothing', async (_, env, message) => {
  const { code, stderr } = await startImport([file, '--url', server.url], env).done;
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});

test.each([
  ['tickets:write', ['tickets:read']],
  ['tickets:manage', ['tickets:read', 'tickets:write']],
])('reports once that a key lacks the right %s', async (right, scopes) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
  const body = JSON.stringify({ name: 'Reader', scopes });
  const made = await fetch(`${server.url}/v1/api-keys`, { method: 'POST', headers, body });
  const { key } = (await made.json()) as { key: string };
  const { code, report } = await runImport([file, '--url', server.url], { CURLEW_API_KEY: key });
  expect([code, report.rejected]).toEqual([1, []]);
  expect(report.stopped).toBe(`Stopped: This needs the right ${right}, which this API key does not have here.`);
});

test('says why it waits, and Ctrl-C ends the wait at once', async () => {
  await server.kill();
  server = await startServer(join(folder, 'data'), { CURLEW_AUTH: 'required', CURLEW_RATE_LIMIT: 'key-writes=5' });
  writeFileSync(file, Array.from({ length: 50 }, (_, i) => `{"title":"${i}"}\n`).join(''));
  const running = startImport([file, '--url', server.url], { CURLEW_TOKEN: await token() });
  await expect.poll(() => running.stderr(), { timeout: 20_000 }).toMatch(/Waiting until \d\d:\d\d:\d\d: .*per minute/);
  running.kill('SIGINT');
  const { code, stdout } = await running.done;
  expect(code).toBe(130);
  // 5 tickets are the writes of one minute, 10 if the minute changed between the requests.
  expect(stdout).toMatch(/tickets +(5|10) created.*\nStopped by Ctrl-C/s);
});
