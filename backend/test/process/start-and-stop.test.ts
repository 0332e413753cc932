import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from './server-process.ts';

const TICKET = { headers: { 'content-type': 'application/json' }, body: '{"title":"T"}' };

let folder: string;
let running: ServerProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curlew-'));
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
  const server = startServer({ CURLEW_DATA_DIR: join(folder, 'data'), ...env });
  running.push(server);
  return server;
}

async function refusal(env: Record<string, string>): Promise<string> {
  const { code, output } = await start(env).exit;
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toHaveLength(1);
  return output;
}

async function takesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const taken = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return taken;
}

describe('starting', () => {
  it('prints its address, its data folder, and a command to try', async () => {
    const server = start();
    const url = await server.url;
    server.child.kill('SIGTERM');
    const { output } = await server.exit;
    expect(output).toContain(`Curlew listens on ${url}`);
    expect(output).toContain(`The data is in ${join(folder, 'data')}`);
    const tried = /Try: curl --json '(?<body>.+)' (?<target>\S+)/.exec(output)?.groups;
    expect(JSON.parse(tried?.body ?? '')).toHaveProperty('title');
    expect(tried?.target).toBe(`${url}/v1/tickets`);
  });

  it('says in one sentence that the latest event is in the future', async () => {
    // Moves the clock of the process without a program that every developer would have to install.
    const ahead = `const Real = Date; const shift = 400 * 86_400_000;
      globalThis.Date = class extends Real {
        constructor(...given) { super(...(given.length === 0 ? [Real.now() + shift] : given)); }
        static now() { return Real.now() + shift; }
      };`;
    const first = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead)}` });
    expect((await fetch(`${await first.url}/v1/tickets`, { method: 'POST', ...TICKET })).status).toBe(201);
    first.child.kill('SIGTERM');
    expect((await first.exit).output).not.toContain('in the future');
    const second = start();
    await second.url;
    second.child.kill('SIGTERM');
    const { output } = await second.exit;
    expect(output.split('\n').filter((line) => line.includes('in the future'))).toHaveLength(1);
  });

  it('makes the data readable by its owner only', async () => {
    const server = start();
    await server.url;
    for (const name of ['data', 'data/curlew.db', 'data/curlew.lock']) {
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  it('refuses a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refusal({ PORT: String(port) })).toContain(`port ${port} on 127.0.0.1 is in use`);
    other.close();
  });

  it.each([
    [{ PORT: 'http' }, 'PORT must be a port number'],
    [{ PORT: '70000', CURLEW_LOG: 'all' }, /PORT .*; CURLEW_LOG must be/],
    [{ HOST: '0.0.0.0' }, 'everyone is an admin'],
    [{ CURLEW_AUTH: 'none' }, 'CURLEW_AUTH must be "required" or "open"'],
    [{ CURLEW_AUTH: 'required', CURLEW_ADMIN_PASSWORD: 'password123' }, 'CURLEW_ADMIN_PASSWORD must have'],
    [{ CURLEW_AUTH: 'required', CURLEW_URL: 'desk' }, 'CURLEW_URL must be an address'],
  ])('refuses the environment %j', async (env, sentence) => {
    expect(await refusal(env)).toMatch(sentence);
  });

  it('refuses a folder that is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ CURLEW_DATA_DIR: join(folder, 'file') })).toContain('is not a folder');
  });

  it('creates every missing level of the folder', async () => {
    const server = start({ CURLEW_DATA_DIR: join(folder, 'a', 'b', 'c') });
    await server.url;
    expect(['a', 'a/b', 'a/b/c'].map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual([0, 0, 0]);
  });

  it.runIf(existsSync('/proc/self')).each(['/proc/curlew', '/proc/curlew/data'])(
    'refuses %s, where no folder can be created',
    async (path) => {
      expect(await refusal({ CURLEW_DATA_DIR: path })).toContain('Cannot create the folder /proc/curlew;');
    },
  );

  it('refuses a folder without write permission', () => {
    chmodSync(folder, 0o555);
    // Root may write everywhere, so the server runs without that capability.
    const asRoot = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
    const [command = '', ...rest] = [...asRoot, process.execPath, join(import.meta.dirname, '../../start.js')];
    const { status, stderr } = spawnSync(command, rest, {
      env: { PATH: process.env.PATH, PORT: '0', CURLEW_DATA_DIR: join(folder, 'data') },
      encoding: 'utf8',
    });
    chmodSync(folder, 0o755);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`no write permission for ${join(folder, 'data')}`)]);
  });

  it('refuses the database of a newer version and does not change it', async () => {
    const first = start();
    await first.url;
    first.child.kill('SIGTERM');
    await first.exit;
    const file = join(folder, 'data', 'curlew.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const before = readFileSync(file);
    expect(await refusal({})).toContain('supports at most version');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a folder that another server uses', async () => {
    await start().url;
    expect(await refusal({})).toContain('Another Curlew is using');
  });

  it('names the required version on an older Node', () => {
    const guard = readFileSync(join(import.meta.dirname, '../../start.js'), 'utf8');
    const faked = `Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } });\n${guard}`;
    writeFileSync(join(folder, 'start.mjs'), faked);
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'start.mjs')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Curlew did not start: it needs Node 24[^\n]+\n$/)]);
  });
});

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s exits with code 0, and starts again without a check',
    async (signal) => {
      const first = start();
      await first.url;
      first.child.kill(signal);
      expect(await first.exit).toMatchObject({ code: 0, signal: null });
      const second = start();
      await second.url;
      second.child.kill(signal);
      expect((await second.exit).output).not.toContain('checking');
    },
  );

  // A shell between npm and the server would receive the signal and leave the server running.
  it('on SIGTERM to npm stops the server with code 0', async () => {
    const root = join(import.meta.dirname, '../../..');
    const env = { ...process.env, PORT: '0', CURLEW_AUTH: 'open', CURLEW_DATA_DIR: join(folder, 'data') };
    const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    const url = await new Promise<string>((found) => {
      npm.stdout.on('data', (chunk) => {
        output += chunk;
        const match = /listens on (http:\S+)/.exec(output);
        if (match?.[1] !== undefined) found(match[1]);
      });
    });
    npm.kill('SIGTERM');
    const [code] = await once(npm, 'close');
    expect([code, output]).toEqual([0, expect.stringContaining('Stopped.')]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('completes the current request first', async () => {
    const server = start();
    const url = await server.url;
    const headers = { 'content-type': 'application/json', expect: '100-continue' };
    const sending = request(`${url}/tickets`, { method: 'POST', headers });
    sending.flushHeaders();
    // The server has received the request head and asks for the body.
    await once(sending, 'continue');
    server.child.kill('SIGTERM');
    await expect.poll(() => takesConnections(url)).toBe(false);
    const answered = once(sending, 'response');
    sending.end('{"title":"Late"}');
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(201);
    expect((await server.exit).code).toBe(0);
  });

  it('does not wait for idle connections', async () => {
    const server = start();
    const { port } = new URL(await server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    server.child.kill('SIGTERM');
    expect((await server.exit).code).toBe(0);
    socket.destroy();
  });

  it('checks the database after a kill', async () => {
    const first = start();
    await first.url;
    first.child.kill('SIGKILL');
    await first.exit;
    const second = start();
    await second.url;
    second.child.kill('SIGTERM');
    expect((await second.exit).output).toContain('checking the database');
    expect(existsSync(join(folder, 'data', 'curlew.db'))).toBe(true);
  });
});
