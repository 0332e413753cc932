import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMoto } from '../../../rehearsal/start-moto.ts';

export interface StandIn {
  readonly url: string;
  /** Runs the AWS CLI against the stand-in. Returns the output: parsed if it is JSON, otherwise as text. */
  aws(...words: readonly string[]): Promise<unknown>;
  stop(): void;
}

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
  const folder = mkdtempSync(join(tmpdir(), 'curlew-stand-in-'));
  const moto = await startMoto(folder);
  // The URL has a host name, because the stand-in reads a numeric address as a bucket name.
  const url = moto.url.replace('127.0.0.1', 'localhost');
  return {
    url,
    aws: (...words) => aws(url, words),
    stop() {
      moto.stop();
      rmSync(folder, { recursive: true, force: true });
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
