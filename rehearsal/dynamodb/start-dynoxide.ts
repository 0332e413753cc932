import { spawn } from 'node:child_process';
import { freePort } from '../processes/children.ts';
import { requireDynoxide } from './dynoxide-binary.ts';

export interface DynamoDbEngine {
  readonly url: string;
  /** Restarts the engine with empty tables at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  stop(): Promise<void>;
}

// The shell kills the engine when its own input closes. The system closes it when this process ends, even by SIGKILL.
const WATCHDOG = '"$@" <&- & engine=$!; exec 2>&-; read -r _; kill -9 $engine; wait $engine';

/** Starts Dynoxide with empty tables in memory, on a free port. Builds it first if it is missing. */
export async function startDynoxide(): Promise<DynamoDbEngine> {
  const binary = await requireDynoxide();
  const port = await freePort();
  let running = await start(binary, port);
  return {
    url: `http://127.0.0.1:${port}`,
    async restart() {
      await running.stop();
      running = await start(binary, port);
    },
    stop: () => running.stop(),
  };
}

function start(binary: string, port: number): Promise<Running> {
  const command = ['-c', WATCHDOG, 'sh', binary, '--port', String(port)];
  // It gets its own session, so that Ctrl-C ends the tests before the engine.
  const shell = spawn('/bin/sh', command, { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => shell.on('exit', () => resolve()));
  const stop = async () => {
    shell.stdin.end();
    await ended;
  };
  let output = '';
  return new Promise((resolve, reject) => {
    shell.on('error', reject);
    shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('listening on')) resolve({ stop });
    });
    shell.stderr.on('end', () => stop().then(() => reject(new Error(`Dynoxide did not start:\n${output}`))));
  });
}
