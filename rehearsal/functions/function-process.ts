import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CREDENTIALS, REGION } from '../aws/cloud.ts';
import type { DeployedFunction } from '../deployed/model.ts';
import { killAtExit } from '../processes/children.ts';

export type Invocation =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string };

interface Message {
  readonly kind: 'ready' | 'failed' | 'result' | 'error';
  readonly payload: string;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly rss?: number;
}

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.mjs', import.meta.url));
// Lambda allows 10 s with a core of its own. Here other deployments use the same cores.
const INIT_MILLISECONDS = 60_000;
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Starts one execution environment: a process with the function's code and variables, without our own variables. */
export function startFunctionProcess(
  fn: DeployedFunction,
  { root, endpoint, identity, log }: { root: string; endpoint: string; identity?: string; log: number },
) {
  const stream = `2026/01/01/[$LATEST]${randomBytes(16).toString('hex')}`;
  const child: ChildProcess = killAtExit(
    fork(BOOTSTRAP, identity === undefined ? [] : [identity], {
      cwd: root,
      execArgv: [`--max-old-space-size=${fn.memoryMegabytes}`],
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...fn.environment, ...serviceVariables(fn, stream, root), AWS_ENDPOINT_URL: endpoint },
    }),
  );
  let listener: ((message: Message) => void) | undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (message: Message) => listener?.(message));
  const ready = answerWithin(INIT_MILLISECONDS, 'Initialisation');

  /** The next message, or an error if the process ends or the timeout passes first. */
  async function answerWithin(milliseconds: number, phase: string): Promise<Message> {
    const failed = (errorType: string, errorMessage: string): Message => ({
      kind: 'failed',
      payload: '',
      errorType,
      errorMessage,
    });
    return new Promise<Message>((resolve) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        resolve(failed('Sandbox.Timedout', `${phase} timed out after ${milliseconds / 1000} seconds`));
      }, milliseconds);
      listener = (message) => {
        clearTimeout(timer);
        resolve(message);
      };
      void ended.then(() => {
        clearTimeout(timer);
        resolve(failed('Runtime.ExitError', 'The process exited before it returned a result.'));
      });
    });
  }

  return {
    alive: () => child.exitCode === null && child.signalCode === null,
    kill: () => child.kill('SIGKILL'),
    ended,
    /** Runs the handler once. Never rejects: a failure becomes an invocation of kind `error`. Kills a process without a response. */
    async invoke(payload: string): Promise<{ invocation: Invocation; rss: number }> {
      const started = await ready;
      if (started.kind !== 'ready') {
        child.kill('SIGKILL');
        return { invocation: { ...started, kind: 'error' }, rss: 0 };
      }
      const milliseconds = fn.timeoutSeconds * 1000;
      const reply = answerWithin(milliseconds, 'Task');
      if (child.connected)
        child.send({ payload, context: contextOf(fn, stream), deadline: Date.now() + milliseconds }, () => {});
      const message = await reply;
      if (message.kind === 'result' && Buffer.byteLength(message.payload) > PAYLOAD_BYTES) {
        const errorMessage = `Response payload size exceeded maximum allowed payload size (${PAYLOAD_BYTES} bytes).`;
        return {
          invocation: { kind: 'error', errorType: 'Function.ResponseSizeTooLarge', errorMessage },
          rss: message.rss ?? 0,
        };
      }
      const invocation =
        message.kind === 'result'
          ? { kind: 'result' as const, payload: message.payload }
          : { ...message, kind: 'error' as const };
      return { invocation, rss: message.rss ?? 0 };
    },
  };
}

export type FunctionProcess = ReturnType<typeof startFunctionProcess>;

/** Environment variables that Lambda sets besides the deployed ones. */
function serviceVariables(fn: DeployedFunction, logStream: string, root: string): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'rehearsal',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: root,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    _HANDLER: fn.handler,
  };
}

function contextOf(fn: DeployedFunction, logStreamName: string): object {
  return {
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memoryMegabytes),
    awsRequestId: randomUUID(),
    logGroupName: fn.logGroup,
    logStreamName,
  };
}
