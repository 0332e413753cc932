import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Server {
  readonly port: number;
  readonly startMilliseconds: number;
  /** The resident memory; absent on a system without /proc. */
  residentMiB(): number | undefined;
  stop(): Promise<void>;
}

const LONGEST_START_MILLISECONDS = 60_000;

// Stops all servers when the benchmark ends, also after an error.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export type Auth = 'required' | 'open';

// Requests are counted as usual, but the limit is too high to be reached, so that the benchmark does not measure it.
const NO_LIMIT = 'key-reads=999999999 key-writes=999999999';

/** Starts Curlew as `npm start` does, with the same flags for Node. */
export function startCurlew(folder: string, auth: Auth): Promise<Server> {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const flags = (scripts.start as string).split(' ').filter((word) => word.startsWith('--'));
  const limits = auth === 'open' ? {} : { CURLEW_RATE_LIMIT: NO_LIMIT };
  const env = { CURLEW_DATA_DIR: folder, CURLEW_AUTH: auth, ...limits };
  return start([...flags, pathOf('../backend/start.js')], env);
}

export function startFloor(databaseFile: string): Promise<Server> {
  return start([pathOf('floor-server.ts'), databaseFile], {});
}

/** Starts a server that prints its URL once it listens. */
async function start(args: readonly string[], env: Record<string, string>): Promise<Server> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, {
    // Settings from the shell must not change the result.
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const died = once(child, 'exit').finally(() => running.delete(child));
  const port = await Promise.race([
    portIn(child.stdout),
    died.then(() => {
      throw new Error(`A server ended before it listened: node ${args.join(' ')}`);
    }),
  ]);
  return {
    port,
    startMilliseconds: performance.now() - begin,
    residentMiB() {
      const file = `/proc/${child.pid}/status`;
      const kibibytes = existsSync(file) ? /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
      return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await died;
    },
  };
}

async function portIn(output: NodeJS.ReadableStream): Promise<number> {
  const signal = AbortSignal.timeout(LONGEST_START_MILLISECONDS);
  let text = '';
  output.setEncoding('utf8');
  for (;;) {
    const [chunk] = await once(output, 'data', { signal });
    text += chunk;
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
    if (port !== undefined) {
      // The rest of the output is not needed, but must be read, so that the server does not block on a full pipe.
      output.resume();
      return Number(port);
    }
  }
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(program, import.meta.url));
}
