/** Access without sign-in: `open` accepts every caller, `required` refuses callers without sign-in. */
export type Access = 'open' | 'required';

export interface SmokeTestOptions {
  /** The expected access; undefined accepts both. */
  readonly expected?: Access | undefined;
  /** Maximum time until a new deployment first answers. */
  readonly startTimeoutMilliseconds?: number;
  /** Called after each successful step. */
  readonly say?: (line: string) => void;
}

/** Describes the first failed check of the smoke test. */
export class SmokeTestFailure extends Error {}

const PROBLEM = 'application/problem+json';
const ANSWER_MILLISECONDS = 30_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

type Send = (
  method: string,
  path: string,
  sent?: { body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>;

/**
 * Checks the health and the contract of a deployed API. In open mode it also opens a ticket, repeats the request with
 * the same idempotency key, and reads and deletes the ticket. Throws a `SmokeTestFailure`.
 */
export async function smokeTest(url: string, options: SmokeTestOptions = {}): Promise<Access> {
  const { expected, startTimeoutMilliseconds = 90_000, say = () => {} } = options;
  const base = url.replace(/\/+$/, '');
  const send = sender(base, say);
  await waitForAnswer(send, startTimeoutMilliseconds);
  expectStatus('GET /readyz', await send('GET', '/readyz'), 200);
  const contract = await send('GET', '/openapi.json');
  expectStatus('GET /openapi.json', contract, 200);
  if (contract.body.openapi !== '3.0.4') throw new SmokeTestFailure('GET /openapi.json is not the contract.');
  expectServersBelow(base, contract.body.servers);

  const found = await accessOf(send);
  if (expected !== undefined && found !== expected) throw new SmokeTestFailure(WRONG_ACCESS[expected]);
  if (found === 'open') await checkTicketLife(send);
  return found;
}

const WRONG_ACCESS: Readonly<Record<Access, string>> = {
  open: 'The API requires sign-in, but should be in open mode.',
  required: 'The API is in open mode: everyone with its URL can read and change all data.',
};

/** Waits for the first answer, because a new API Gateway and its DNS name are not reachable immediately. */
async function waitForAnswer(send: Send, startTimeoutMilliseconds: number): Promise<void> {
  const until = Date.now() + startTimeoutMilliseconds;
  for (;;) {
    const answer = await send('GET', '/healthz').catch((error: unknown) => error);
    const failure = answer instanceof Error ? answer : statusFailure('GET /healthz', answer as Answer, 200);
    if (failure === undefined) return;
    if (Date.now() >= until) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** Throws unless all server URLs in the contract lead to this deployment, including its stage. */
function expectServersBelow(base: string, servers: unknown): void {
  const urls = Array.isArray(servers) ? servers.map((server) => String(server?.url)) : [];
  const below = new URL(`${base}/`).href;
  const astray = urls.filter((url) => URL.parse(url, below)?.href.startsWith(below) !== true);
  if (urls.length > 0 && astray.length === 0) return;
  const named = astray.length === 0 ? 'nowhere' : `to ${astray.join(', ')}`;
  throw new SmokeTestFailure(`GET /openapi.json leads callers ${named}, which is not below ${base}.`);
}

async function accessOf(send: Send): Promise<Access> {
  const answer = await send('GET', '/v1/tickets?limit=1');
  if (answer.status === 200) return 'open';
  expectStatus('GET /v1/tickets', answer, 401);
  const type = answer.headers.get('content-type') ?? 'nothing';
  // The authorizer of an HTTP API answers 401 with its own body, and with the `WWW-Authenticate` header of every 401.
  const byGateway =
    answer.headers.get('www-authenticate')?.startsWith('Bearer') && answer.body.message === 'Unauthorized';
  if (!type.startsWith(PROBLEM) && !byGateway)
    throw new SmokeTestFailure(`GET /v1/tickets answers 401 with ${type}, not ${PROBLEM}.`);
  return 'required';
}

async function checkTicketLife(send: Send): Promise<void> {
  const body = { title: 'Smoke test of a deployment', type: 'SERVICE_REQUEST', priority: 'LOW', tags: ['smoke-test'] };
  const create = { body, headers: { 'idempotency-key': `smoke-${crypto.randomUUID()}` } };
  const created = await send('POST', '/v1/tickets', create);
  expectStatus('POST /v1/tickets', created, 201);
  const path = `/v1/tickets/${created.body.id}`;

  const repeated = await send('POST', '/v1/tickets', create);
  expectStatus('POST /v1/tickets, repeated', repeated, 201);
  if (repeated.headers.get('idempotent-replayed') !== 'true' || repeated.body.id !== created.body.id) {
    throw new SmokeTestFailure('POST /v1/tickets with the same Idempotency-Key opened a second ticket.');
  }
  const read = await send('GET', path);
  expectStatus(`GET ${path}`, read, 200);
  if (read.body.title !== body.title) throw new SmokeTestFailure(`GET ${path} is not the opened ticket.`);
  expectStatus(`DELETE ${path}`, await send('DELETE', path), 204);
  expectStatus(`GET ${path}, deleted`, await send('GET', path), 404);
}

function sender(url: string, say: (line: string) => void): Send {
  return async (method, path, { body, headers } = {}) => {
    const started = performance.now();
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    }).catch((error: unknown) => {
      throw new SmokeTestFailure(`${method} ${url}${path}: no answer (${reason(error)}).`);
    });
    const text = await response.text();
    say(`${response.status} ${method} ${path} (${Math.round(performance.now() - started)} ms)`);
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return { detail: text.slice(0, 300) };
  }
}

function expectStatus(request: string, answer: Answer, status: number): void {
  const failure = statusFailure(request, answer, status);
  if (failure !== undefined) throw failure;
}

function statusFailure(request: string, { status, body }: Answer, expected: number): SmokeTestFailure | undefined {
  if (status === expected) return undefined;
  const reasonText = body.detail ?? body.message ?? '';
  return new SmokeTestFailure(`${request} answers ${status}, not ${expected}. ${reasonText}`.trim());
}

function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
