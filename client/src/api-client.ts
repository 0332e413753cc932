import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The path of the list's next page. */
  readonly next: string | undefined;
}

interface Asked {
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly tries?: number;
}

/**
 * Sends a request to the API and retries it until it is answered. Responses that a retry would not change, 2xx and most
 * of 4xx, are answers. Throws `NoAnswer` after the last try, and `Unauthenticated`.
 */
export type Api = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, asked?: Asked) => Promise<Answer>;

/** The server was unreachable or did not answer. It may have executed the request. */
export class NoAnswer extends Error {}

/** The server refused the token or key, or requires one. */
export class Unauthenticated extends Error {}

/** The caller's signal ended the request. The server may have executed it. */
export class Aborted extends Error {}

/** The client waits before it tries a request again. */
export interface Wait {
  /** Why the last try failed, for example "429: The limit of 300 writes per minute is used up." */
  readonly reason: string;
  readonly milliseconds: number;
}

export interface ClientOptions {
  /** An access token or API key. */
  readonly token?: string | undefined;
  /** What `Unauthenticated` says if the server refuses the token. */
  readonly refusal?: string;
  readonly timeoutMilliseconds?: number;
  readonly pause?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  readonly onWait?: (wait: Wait) => void;
  /** Ends all requests and waits; they throw `Aborted`. */
  readonly signal?: AbortSignal;
}

const TRIES = 6;
const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_SECONDS = 30;
/** A full rate limit is no failure, so the client waits longer: about 30 minutes. */
const LIMITED_TRIES = 60;

export function apiClient(
  url: string,
  { token, refusal, timeoutMilliseconds = 10_000, pause = abortableWait, onWait, signal }: ClientOptions = {},
): Api {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);

  return async function send(method, path, { body, ifMatch, tries = TRIES } = {}) {
    const request = {
      method,
      // fetch would repeat a redirected POST as a GET.
      redirect: 'manual' as const,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        // All tries share the key: if the server gets the request twice, it replays the first response.
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    let limited = 0;
    for (let tried = 1; ; ) {
      if (signal?.aborted) throw new Aborted();
      const result = await once(new URL(path, base), request);
      if (signal?.aborted && 'failure' in result) throw new Aborted();
      if ('status' in result && result.status === 401) {
        throw new Unauthenticated(
          token === undefined
            ? `${url} requires credentials: set CURLEW_TOKEN to an access token (the server prints at its start how to get one; it expires after ten minutes), or CURLEW_API_KEY to an API key.`
            : `${url} refused the credentials: ${refusal ?? 'the token is not valid'}.`,
        );
      }
      if (!('failure' in result)) return result;
      if (tried >= tries || limited >= LIMITED_TRIES)
        throw new NoAnswer(`${result.failure}${tries > 1 ? ` (${tried + limited} tries)` : ''}`);
      const milliseconds = backoff(tried) + result.retryAfterSeconds * 1000;
      if (result.isLimited) limited++;
      else tried++;
      onWait?.({ reason: result.failure, milliseconds });
      await pause(milliseconds, signal);
    }
  };

  async function once(target: URL, request: RequestInit): Promise<Answer | Failure> {
    try {
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      const response = await fetch(target, {
        ...request,
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      });
      const text = await response.text();
      const body = text === '' ? undefined : json(text);
      if (isTransient(response.status, body)) {
        const detail = problemOf(body)?.detail ?? response.statusText;
        const isLimited = response.status === 429;
        return { failure: `${response.status}: ${detail}`, retryAfterSeconds: retryAfter(response), isLimited };
      }
      if (response.ok && body === undefined && response.status !== 204) {
        return { failure: `${response.status} with a body that is not JSON`, retryAfterSeconds: 0 };
      }
      return { status: response.status, body, next: nextOf(response) };
    } catch (error) {
      return { failure: reasonOf(error, timeoutMilliseconds), retryAfterSeconds: 0 };
    }
  }
}

interface Failure {
  readonly failure: string;
  readonly retryAfterSeconds: number;
  /** True if the server limits the rate. */
  readonly isLimited?: boolean;
}

/** Waits, or until the signal ends the wait. */
async function abortableWait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  readonly ticketId?: unknown;
  readonly taskId?: unknown;
}

/** The problem document in a body, if it is one. */
export function problemOf(body: unknown): Problem | undefined {
  const given = body as Partial<Problem> | undefined | null;
  if (typeof given?.code !== 'string' || typeof given.detail !== 'string') return undefined;
  const { code, detail, errors, ticketId, taskId } = given;
  return { code, detail, errors: Array.isArray(errors) ? errors : [], ticketId, taskId };
}

function isTransient(status: number, body: unknown): boolean {
  // After a timeout the first try may still be running. Its response is the result.
  if (status === 409) return problemOf(body)?.code === 'idempotency_in_flight';
  return status === 408 || status === 429 || status >= 500;
}

function retryAfter({ headers }: Response): number {
  const given = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? 0 : Math.min(Math.max(seconds, 0), LONGEST_PAUSE_SECONDS);
}

/** 250 ms, doubled with each try. Half of it is random, so that clients that failed together do not retry together. */
function backoff(tried: number): number {
  return FIRST_PAUSE_MILLISECONDS * 2 ** (tried - 1) * (0.5 + Math.random() / 2);
}

function nextOf({ headers }: Response): string | undefined {
  return /<([^>]*)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown, timeoutMilliseconds: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMilliseconds / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && cause.code === 'ECONNREFUSED' ? 'the connection was refused' : cause.message;
}
