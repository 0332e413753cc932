import { execFile, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export interface StandIn {
  readonly url: string;
  /** Runs the AWS CLI against the stand-in. Returns the output: parsed if it is JSON, otherwise as text. */
  aws(...words: readonly string[]): Promise<unknown>;
  stop(): void;
}

const START_MILLISECONDS = 120_000;
const run = promisify(execFile);

/** The missing tools of the rehearsal, each with installation instructions. */
export function missingTools(): string[] {
  const tools = { moto_server: "pip install 'moto[server]'", aws: 'pip install awscli' };
  return Object.entries(tools)
    .filter(([name]) => spawnSync(name, ['--help'], { stdio: 'ignore', env: withoutPager() }).error !== undefined)
    .map(([name, how]) => `${name} is missing: ${how}`);
}

/** Starts moto's server, a stand-in for AWS, on a free port. */
export async function startStandIn(): Promise<StandIn> {
  const port = await freePort();
  // The URL has a host name, because the stand-in reads a numeric address as a bucket name.
  const url = `http://localhost:${port}`;
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const kill = () => server.kill('SIGKILL');
  process.on('exit', kill);
  await answering(`http://127.0.0.1:${port}`);
  return {
    url,
    aws: (...words) => aws(url, words),
    stop() {
      process.off('exit', kill);
      kill();
    },
  };
}

async function aws(url: string, words: readonly string[]): Promise<unknown> {
  const env = {
    ...withoutPager(),
    // Both the variable and --endpoint-url: the uploads of `package` use only the variable, `sqs` only the option.
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'stand-in',
    AWS_SECRET_ACCESS_KEY: 'stand-in',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const { stdout } = await run('aws', [...words, '--endpoint-url', url], { env, maxBuffer: 16 * 1024 * 1024 });
  return /^\s*[[{"]/.test(stdout) ? JSON.parse(stdout) : stdout;
}

function withoutPager(): NodeJS.ProcessEnv {
  return { ...process.env, AWS_PAGER: '', PAGER: 'cat' };
}

async function answering(url: string): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until) {
    try {
      await fetch(`${url}/moto-api/`, { signal: AbortSignal.timeout(1000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('moto_server did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
