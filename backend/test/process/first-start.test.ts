import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, get, post } from '../api/host.ts';
import { sendTo } from '../api/local-host.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const CURLEW = join(import.meta.dirname, '../../../cli/main.ts');

let folder: string;
let data: string;
let running: ServerProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
  data = join(folder, 'data');
  running = [];
});
afterEach(async () => {
  for (const { child, exit } of running) {
    child.kill('SIGKILL');
    await exit;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): ServerProcess {
  const server = startServer({ CURLEW_DATA_DIR: data, CURLEW_AUTH: 'required', ...env });
  running.push(server);
  return server;
}

async function stop(server: ServerProcess): Promise<string> {
  server.child.kill('SIGTERM');
  const { code, output } = await server.exit;
  expect(code).toBe(0);
  return output;
}

const signIn = (url: string, email: string, password: string) =>
  sendTo(url, post('/v1/auth/sessions', { email, password }));
const me = (url: string, { body }: Answer) =>
  sendTo(url, get('/v1/me', { authorization: `Bearer ${body.accessToken}` }));
const passwordIn = (output: string) => /admin@localhost with the password (\S+) \(shown this once\)/.exec(output)?.[1];

/** Runs an operator command on the same data. */
function runCommand(...args: string[]) {
  return spawnSync(process.execPath, [CURLEW, ...args], {
    env: { PATH: process.env.PATH, CURLEW_DATA_DIR: data },
    encoding: 'utf8',
  });
}

describe('the first start', () => {
  it('generates a password and shows it once, with commands that work', async () => {
    const first = start({ CURLEW_LOG: 'requests' });
    const url = await first.url;
    const output = () => first.output();
    const password = passwordIn(output()) ?? '';
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    const commands = ['Sign in', 'Try'].map((name) => new RegExp(`^${name}: (.+)$`, 'm').exec(output())?.[1]);
    const ran = spawnSync('bash', ['-c', commands.join('\n')], { encoding: 'utf8' });
    expect([JSON.parse(ran.stdout).title, JSON.parse(ran.stdout).reporterId]).toEqual(['My first ticket', 'usr_admin']);
    const tokens = await signIn(url, 'admin@localhost', password);
    expect((await me(url, tokens)).body).toMatchObject({ id: 'usr_admin', role: 'admin' });
    const allOutput = await stop(first);
    // The request log contains no secret.
    expect(allOutput.split(password)).toHaveLength(3);
    expect(allOutput).not.toContain(tokens.body.accessToken);

    const second = start();
    const again = await second.url;
    // Sessions survive a restart.
    expect((await me(again, tokens)).status).toBe(200);
    const rest = await stop(second);
    expect(passwordIn(rest)).toBeUndefined();
    expect(rest).not.toContain(password);
  });

  it('uses the password from the configuration once and shows none', async () => {
    const configured = { CURLEW_ADMIN_EMAIL: 'joy@example.com', CURLEW_ADMIN_PASSWORD: 'seven grey herons' };
    const first = start(configured);
    expect((await signIn(await first.url, 'joy@example.com', 'seven grey herons')).status).toBe(201);
    expect(await stop(first)).not.toContain('seven grey herons');
    const second = start({ CURLEW_ADMIN_EMAIL: 'x@example.com', CURLEW_ADMIN_PASSWORD: 'another one, later' });
    expect((await signIn(await second.url, 'x@example.com', 'another one, later')).status).toBe(401);
    expect((await signIn(await second.url, 'joy@example.com', 'seven grey herons')).status).toBe(201);
  });

  it('after open mode lets the admin sign in and keeps the data', async () => {
    const open = start({ CURLEW_AUTH: 'open' });
    await sendTo(await open.url, post('/v1/tickets', { title: 'From before' }));
    await sendTo(await open.url, post('/v1/users', { email: 'taken@example.com' }));
    await stop(open);
    const taken = await start({ CURLEW_ADMIN_EMAIL: 'Taken@example.com' }).exit;
    expect([taken.code, taken.output]).toEqual([1, expect.stringContaining('set CURLEW_ADMIN_EMAIL')]);
    const required = start();
    const url = await required.url;
    const { body } = await signIn(url, 'admin@localhost', passwordIn(required.output()) ?? '');
    const found = await sendTo(url, get('/v1/tickets/1', { authorization: `Bearer ${body.accessToken}` }));
    expect(found.body.title).toBe('From before');
  });

  it('may listen on all addresses', async () => {
    const server = start({ HOST: '0.0.0.0' });
    expect(await server.url).toMatch(/^http:\/\/0\.0\.0\.0:/);
  });
});

describe('the signing keys', () => {
  const file = () => join(data, 'secrets.json');
  const kids = async (url: string): Promise<string[]> =>
    (await sendTo(url, get('/.well-known/jwks.json'))).body.keys.map(({ kid }: { kid: string }) => kid);

  it('are readable by their owner only, and can be replaced while the server runs', async () => {
    const configured = { CURLEW_ADMIN_PASSWORD: 'seven grey herons' };
    const server = start(configured);
    const url = await server.url;
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const before = await signIn(url, 'admin@localhost', 'seven grey herons');
    const [first] = await kids(url);
    expect(runCommand('keys', 'rotate').stdout).toContain('A new key signs');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await expect.poll(() => kids(url)).toHaveLength(2);
    expect((await kids(url))[1]).toBe(first);
    expect((await me(url, before)).status).toBe(200);
    const after = await signIn(url, 'admin@localhost', 'seven grey herons');
    expect((await me(url, after)).status).toBe(200);
    const header = Buffer.from(after.body.accessToken.split('.')[0], 'base64url').toString();
    expect(JSON.parse(header).kid).toBe((await kids(url))[0]);
  });

  it('with another CURLEW_URL, the issuer of tokens, refuse old access tokens and continue sessions', async () => {
    const first = start({ CURLEW_ADMIN_PASSWORD: 'seven grey herons' });
    const before = await signIn(await first.url, 'admin@localhost', 'seven grey herons');
    await stop(first);
    const url = await start({ CURLEW_URL: 'https://desk.example.com' }).url;
    expect((await me(url, before)).status).toBe(401);
    const after = await sendTo(url, post('/v1/auth/sessions/refresh', { refreshToken: before.body.refreshToken }));
    expect((await me(url, after)).body.id).toBe('usr_admin');
  });

  it.each<[string, () => void, string]>([
    ['that others may read', () => chmodSync(file(), 0o644), 'chmod 600'],
    ['that are damaged', () => writeFileSync(file(), '{"signingKeys":[]}'), 'is damaged'],
    ['that are not JSON', () => writeFileSync(file(), readFileSync(file()).subarray(0, 100)), 'is damaged'],
  ])('%s are refused with a one-sentence error', async (_, spoil, sentence) => {
    await start().url.then(() => stop(running[0] as ServerProcess));
    spoil();
    const { code, output } = await start().exit;
    expect([code, output.trim().split('\n')]).toEqual([1, [expect.stringContaining(sentence)]]);
    expect(runCommand('keys', 'rotate')).toMatchObject({ status: 1, stderr: expect.stringContaining(sentence) });
  });
});

describe('resetting a password', () => {
  it('lets an admin who lost the password sign in', async () => {
    const server = start({ CURLEW_ADMIN_PASSWORD: 'seven grey herons' });
    const url = await server.url;
    for (let i = 0; i < 8; i++) await signIn(url, 'admin@localhost', 'wrong');
    const { stdout } = runCommand('passwords', 'reset');
    const [, password = ''] = /^admin@localhost has the password (\S+) now\.$/m.exec(stdout) ?? [];
    const tokens = await signIn(url, 'admin@localhost', password);
    expect(tokens.status).toBe(201);
    expect((await signIn(url, 'admin@localhost', 'seven grey herons')).status).toBe(401);
    const log = await sendTo(url, get('/v1/audit?limit=100', { authorization: `Bearer ${tokens.body.accessToken}` }));
    const [changed] = log.body.filter(({ action }: { action: string }) => action === 'password.changed');
    expect(changed).toMatchObject({ actorId: 'usr_admin', subjectId: 'usr_admin', details: { by: 'operator' } });
    expect(runCommand('passwords', 'reset', 'admin@localhost').stdout).toContain('admin@localhost has the password');
    expect(runCommand('passwords', 'reset', 'nobody@example.com')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no user nobody@example.com'),
    });
  });
});
