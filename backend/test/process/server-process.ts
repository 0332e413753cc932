import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('../../start.js', import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  /** The output so far. */
  output(): string;
  /** The address on which the server listens. Rejects with the output if the process exits instead. */
  readonly url: Promise<string>;
  /** Resolves when the process has ended. */
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }>;
}

/**
 * Starts Curlew like `npm start`, on a free port, by default in open mode. `through` is a command that runs it, such as
 * a tracer.
 */
export function startServer(env: Record<string, string>, through: readonly string[] = []): ServerProcess {
  const [command = process.execPath, ...rest] = [...through, process.execPath, START];
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH ?? '', PORT: '0', CURLEW_AUTH: 'open', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /Curlew listens on (http:\S+)/.exec(output);
      if (match?.[1] !== undefined) resolve(match[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(output)));
  });
  url.catch(() => {});
  const exit = once(child, 'close').then(([code, signal]) => ({ code, signal, output }));
  return { child, output: () => output, url, exit };
}
