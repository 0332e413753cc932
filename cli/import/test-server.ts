import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startServer as startProcess } from '../../backend/test/process/server-process.ts';

// For tests only: a real server, a real importer, and a proxy between them that can drop connections.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NODE = `${ROOT}node_modules/.bin/node`;

export interface RunningServer {
  readonly url: string;
  /** Kills the process without a graceful stop. */
  kill(): Promise<void>;
}

export async function startServer(dataDir: string, more: Record<string, string> = {}): Promise<RunningServer> {
  const server = startProcess({ CURLEW_DATA_DIR: dataDir, CURLEW_RATE_LIMIT: 'off', ...more });
  return {
    url: await server.url,
    async kill() {
      server.child.kill('SIGKILL');
      await server.exit;
    },
  };
}

export interface RunningImport {
  readonly done: Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** The error output so far. */
  stderr(): string;
  kill(signal: 'SIGKILL' | 'SIGINT'): void;
}

export function startImport(args: readonly string[], more: Record<string, string> = {}): RunningImport {
  const child = spawn(NODE, ['cli/main.ts', 'import', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const done = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { done, stderr: () => stderr, kill: (signal) => child.kill(signal) };
}

/** Runs an import to its end and reads what `--json` prints. */
export async function runImport(args: readonly string[], more: Record<string, string> = {}) {
  const { code, stdout, stderr } = await startImport([...args, '--json'], more).done;
  return { code, stderr, report: stdout === '' ? undefined : JSON.parse(stdout) };
}

type Fate = 'pass' | 'drop';

export interface Wire {
  readonly url: string;
  /** The target of requests. It may change if a server restarts at another port. */
  target: string;
  /** Called for each request with its number, from 1. `drop` forwards the request and discards the response. */
  onRequest: (number: number) => Fate | Promise<Fate>;
  close(): void;
}

/** A proxy to a server. If the server does not answer, the proxy closes the connection. */
export async function startWire(target: string): Promise<Wire> {
  let number = 0;
  const server = createServer(async (request, response) => {
    const drop = (await wire.onRequest(++number)) === 'drop';
    pass(request, response, { target: wire.target, drop });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    onRequest: () => 'pass',
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return wire;
}

function pass(request: IncomingMessage, response: ServerResponse, { target, drop }: { target: string; drop: boolean }) {
  const { hostname, port } = new URL(target);
  const { method, headers } = request;
  const cut = () => request.socket.destroy();
  const sent = forward({ hostname, port, path: request.url, method, headers }, (answer) => {
    if (drop) {
      answer.resume();
      answer.once('end', cut);
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.once('error', cut);
    answer.pipe(response);
  });
  sent.once('error', cut);
  request.pipe(sent);
}

/** All items of a list, page by page. */
export async function listed<Item>(url: string, path: string, token = ''): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=100`;
  while (next !== undefined) {
    const response: Response = await fetch(
      new URL(next, url),
      token === '' ? {} : { headers: { authorization: `Bearer ${token}` } },
    );
    if (!response.ok) throw new Error(await response.text());
    items.push(...((await response.json()) as Item[]));
    next = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return items;
}
