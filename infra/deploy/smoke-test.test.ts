import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../../backend/test/process/server-process.ts';
import { smokeTest } from './smoke-test.ts';

describe('smoke test of a running API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'curlew-smoke-'));
  let server: ServerProcess;
  let url: string;
  beforeAll(async () => {
    server = startServer({ CURLEW_DATA_DIR: folder });
    url = await server.url;
  });
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await server.exit;
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens, repeats, reads and deletes a ticket in open mode', async () => {
    const steps: string[] = [];
    const say = (line: string) => steps.push(line.replace(/tkt_\w+/, 'ID').replace(/ \(.*/, ''));
    expect(await smokeTest(`${url}/`, { say })).toBe('open');
    expect(steps).toEqual([
      '200 GET /healthz',
      '200 GET /readyz',
      '200 GET /openapi.json',
      '200 GET /v1/tickets?limit=1',
      '201 POST /v1/tickets',
      '201 POST /v1/tickets',
      '200 GET /v1/tickets/ID',
      '204 DELETE /v1/tickets/ID',
      '404 GET /v1/tickets/ID',
    ]);
  });

  it('fails for open mode if sign-in is required, and writes nothing', async () => {
    const steps: string[] = [];
    const test = smokeTest(url, { expected: 'required', say: (line) => steps.push(line) });
    await expect(test).rejects.toThrow('The API is in open mode');
    expect(steps.join()).not.toMatch(/POST|DELETE/);
  });
});

describe('smoke test of a broken API', () => {
  let stub: Server | undefined;
  afterEach(() => stub?.close());

  /** Answers like an API with sign-in, except for the given responses. */
  async function api(
    answers: Readonly<Record<string, readonly [number, string, unknown, object?]>> = {},
  ): Promise<string> {
    const all = {
      '/healthz': [200, 'application/json', { status: 'ok' }],
      '/readyz': [200, 'application/json', { status: 'ok' }],
      '/openapi.json': [200, 'application/json', { openapi: '3.0.4', servers: [{ url: '/v1' }] }],
      '/v1/tickets?limit=1': [401, 'application/problem+json', { status: 401 }],
      ...answers,
    } as Readonly<Record<string, readonly [number, string, unknown, object?]>>;
    const server = createServer((request, response) => {
      const [status, type, body, headers] = all[(request.url ?? '').replace(/^\/dev/, '')] ?? [
        404,
        'application/json',
        {},
      ];
      response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
    });
    stub = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const impatient = { startTimeoutMilliseconds: 0 };

  it('accepts a 401 problem document as sign-in', async () => {
    expect(await smokeTest(await api(), impatient)).toBe('required');
    await expect(smokeTest(await api(), { ...impatient, expected: 'open' })).rejects.toThrow('requires sign-in');
  });

  it("accepts the 401 of API Gateway's authorizer as sign-in", async () => {
    const headers = { 'www-authenticate': 'Bearer' };
    const refusal = [401, 'application/json', { message: 'Unauthorized' }, headers] as const;
    expect(await smokeTest(await api({ '/v1/tickets?limit=1': refusal }), impatient)).toBe('required');
  });

  it.each([
    ['the gateway refuses', { '/v1/tickets?limit=1': [401, 'application/json', { message: 'Unauthorized' }] }],
    ['the function fails', { '/healthz': [502, 'application/json', { message: 'Internal server error' }] }],
    [
      'the storage is unavailable',
      { '/readyz': [503, 'application/problem+json', { detail: 'The storage is away.' }] },
    ],
    ['the contract is missing', { '/openapi.json': [200, 'application/json', {}] }],
    ['tickets fail', { '/v1/tickets?limit=1': [500, 'application/problem+json', { detail: 'No table.' }] }],
  ] as const)('fails if %s', async (_, answers) => {
    await expect(smokeTest(await api(answers), impatient)).rejects.toThrow(/^GET \//);
  });

  it.each([
    ['', '/v1'],
    ['/dev', '/dev/v1'],
    ['/dev/', '/dev/v1'],
  ])('follows the contract below "%s" to %s', async (stage, url) => {
    const contract = [200, 'application/json', { openapi: '3.0.4', servers: [{ url }] }] as const;
    expect(await smokeTest((await api({ '/openapi.json': contract })) + stage, impatient)).toBe('required');
  });

  it.each([
    ['out of the stage', [{ url: '/v1' }], 'leads callers to /v1, which is not below'],
    ['to a stage with a longer name', [{ url: '/development/v1' }], 'leads callers to /development/v1'],
    ['elsewhere', [{ url: '/dev/v1' }, { url: 'https://elsewhere.example/dev/v1' }], 'to https://elsewhere.example'],
    ['nowhere', [], 'leads callers nowhere'],
  ])('fails if the contract leads %s', async (_, servers, reason) => {
    const contract = [200, 'application/json', { openapi: '3.0.4', servers }] as const;
    await expect(smokeTest(`${await api({ '/openapi.json': contract })}/dev`, impatient)).rejects.toThrow(reason);
  });

  it('fails if the API does not answer', async () => {
    await expect(smokeTest('http://127.0.0.1:9', impatient)).rejects.toThrow('no answer');
  });
});
