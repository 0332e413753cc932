import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, killAtExit } from './processes/children.ts';

export interface StandIn {
  readonly url: string;
  stop(): void;
}

const START_MILLISECONDS = 120_000;

/** Starts moto, empty, on a free port. */
export async function startMoto(folder: string): Promise<StandIn> {
  const port = await freePort();
  const log = join(folder, 'moto.log');
  const out = openSync(log, 'w');
  const child = killAtExit(spawn('moto_server', ['-p', String(port)], { stdio: ['ignore', out, out] }));
  child.on('error', () => {});
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until && child.exitCode === null) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(1000) });
      return { url, stop: () => child.kill('SIGKILL') };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  child.kill('SIGKILL');
  throw new Error(`moto_server did not start:\n${readFileSync(log, 'utf8')}`);
}
