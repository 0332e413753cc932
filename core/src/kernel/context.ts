import { CurlewError, StaleError } from './errors.ts';
import type { IdPrefix } from './ids.ts';
import type { Right, Role } from './rights.ts';

/** The caller of an operation. Each operation works only inside the caller's `organizationId`. */
export interface Actor {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  /** An operator creates and lists organizations, but sees no data inside other organizations. */
  readonly operator?: boolean;
  /** The API key of the request; absent for a request without one. */
  readonly keyId?: string;
  /** The time at which that key expires, ISO 8601; absent for a key that never expires. */
  readonly keyExpiresAt?: string;
  /** The rights that the API key allows; absent for a request without a key. */
  readonly scopes?: readonly Right[];
  /** The session in which a person signed in; absent for API keys and in open mode. */
  readonly sessionId?: string;
  /** Whether the caller sent an access token, of this service or of an issuer; absent for API keys and in open mode. */
  readonly signedIn?: true;
}

/**
 * The stored response to a request with an `Idempotency-Key`. A retry with the same key gets this response. A store
 * saves it in the transaction of the change.
 */
export interface Receipt {
  /** Caller, route and key in one string. */
  readonly key: string;
  /** Digest of the request. It distinguishes a retry from a different request with the same key. */
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** ISO 8601. After this time the key is free again, even if the row still exists. */
  readonly expiresAt: string;
}

/** The surroundings of a request: its caller, its id, the clock and the source of ids. Core has no clock of its own. */
export interface Context {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network address that the request came from. */
  readonly address?: string;
  /** The order clock, ISO 8601 in UTC with milliseconds: for `createdAt`, `updatedAt` and ids. Never goes back. */
  now(): string;
  /** The machine's own clock, in the same format: for everything that expires. See `Clock`. */
  wallNow(): string;
  newId(prefix: IdPrefix): string;
  /** Runs `work` after all earlier work under the same key in this process; see `keyedMutex`. */
  runExclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Waits after failed try number `attempt` (from 1) of a write that lost a race against another process. */
  pause(attempt: number): Promise<void>;
  /** Makes the receipt from the operation's result. Absent if the request has no `Idempotency-Key`. */
  receiptFor?(result: unknown): Receipt;
}

/** The receipt for `result`, as the optional `receipt` member of a change. */
export function receiptOf(ctx: Context, result: unknown): { receipt?: Receipt } {
  return ctx.receiptFor === undefined ? {} : { receipt: ctx.receiptFor(result) };
}

const ATTEMPTS = 64;

/**
 * Runs `attempt` under the mutex of `subject` in this process. If `attempt` throws `StaleError`, because another
 * process wrote between its load and its save, runs it again. Throws `busy` after 64 tries.
 */
export function retryStale<T>(ctx: Context, subject: string, attempt: () => Promise<T>): Promise<T> {
  return ctx.runExclusive(`${ctx.actor.organizationId} ${subject}`, () => untilFresh(ctx, attempt));
}

async function untilFresh<T>(ctx: Context, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
      await ctx.pause(tries);
    }
  }
  throw new CurlewError('busy', 'Too many changes to this resource at once; try again.');
}
