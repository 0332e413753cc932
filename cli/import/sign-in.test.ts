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
  ['nothing', {}],
  ['an invalid key', { CURLEW_API_KEY: 'clw_default_x' }],
])('with %s it reports the missing credentials and sends nothing', async (_, env) => {
  const { code, stderr } = await startImport([file, '--url', server.url], env).done;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/requires credentials: set CURLEW_TOKEN/)]);
});
