import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Faults } from './faults/faults.ts';
import { forwardRequest, forwardResponse, isForS3 } from './forward-request.ts';
import type { Call } from './policy/recorded-calls.ts';
import { type Account, requestedCalls, requestedS3Calls } from './policy/requested-calls.ts';

export interface ProxyOptions {
  /** The short name of the calling function. */
  readonly functionName: string;
  readonly dynamoDbUrl: string;
  readonly cloudUrl: string;
  readonly account: Account;
  readonly faults: Faults;
  record(calls: readonly Call[]): void;
  /** Kills the busy processes of the function. */
  kill(): void;
  /** Called after a write that may add items to streams or queues. */
  wake(): void;
}

const FAULTS_AFTER_EXECUTION = new Set(['lost', 'kill-after', 'partial']);
const READS = /\.(GetItem|Query|TransactGetItems|BatchGetItem)$/;

/** The AWS endpoint of a function: forwards its calls to the stand-ins and records action and resource of each. */
export async function startRecordingProxy(options: ProxyOptions): Promise<{ url: string; stop(): void }> {
  const server = createServer((incoming, outgoing) => {
    answer(options, incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(options: ProxyOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  const { method = '', url: path = '' } = incoming;
  const target = String(incoming.headers['x-amz-target'] ?? `${method} ${path}`);
  const calls = isForS3(incoming)
    ? requestedS3Calls(method, path)
    : requestedCalls(target, body.length === 0 ? {} : JSON.parse(body.toString('utf8')), options.account);
  options.record(calls);

  const operation = target.split('.')[1] ?? target;
  const actions = [operation, ...calls.map(({ action }) => action.split(':')[1] ?? action)];
  const fault = options.faults.forCall(options.functionName, actions);
  if (fault?.error === 'hang') return;
  if (fault?.error === 'kill') return options.kill();
  if (fault !== undefined && !FAULTS_AFTER_EXECUTION.has(fault.error)) return refuse(outgoing, fault.error);

  const url = target.startsWith('DynamoDB') ? options.dynamoDbUrl : options.cloudUrl;
  const response = await forwardRequest(url, incoming, fault?.error === 'partial' ? withoutFirstEntry(body) : body);
  const bytes = await buffer(response);
  const answered = fault?.error === 'partial' ? withFailedEntry(bytes) : bytes;
  if (target.startsWith('DynamoDB') && !READS.test(target)) options.wake();
  if (fault?.error === 'kill-after') return options.kill();
  if (fault?.error === 'lost') {
    outgoing.destroy();
    return;
  }
  forwardResponse(response, answered, outgoing);
}

/** `PutEvents` answers 200 even if it rejects entries. */
function withoutFirstEntry(body: Buffer): Buffer {
  const { Entries, ...rest } = JSON.parse(body.toString('utf8'));
  return Buffer.from(JSON.stringify({ ...rest, Entries: Entries.slice(1) }));
}

function withFailedEntry(answer: Buffer): Buffer {
  const { Entries } = JSON.parse(answer.toString('utf8'));
  const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'A fault injected by the rehearsal.' };
  return Buffer.from(JSON.stringify({ FailedEntryCount: 1, Entries: [failed, ...Entries] }));
}

function refuse(outgoing: ServerResponse, error: string): void {
  const isService = error === '500';
  outgoing.writeHead(isService ? 500 : 400, { 'content-type': 'application/x-amz-json-1.0' });
  const type = isService ? 'InternalServerError' : error;
  outgoing.end(JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'A fault injected by the rehearsal.' }));
}
