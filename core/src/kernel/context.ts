import { CurlewError, StaleError } from './errors.ts';
import type { IdPrefix } from './ids.ts';
import type { Right } from './rights.ts';

export const ROLES = ['customer', 'agent', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. Every verb has one, and works inside `organizationId` only. */
export interface Actor {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  /** Looks after organizations: creates them, and sees that they are there. Nothing inside of them. */
  readonly operator?: boolean;
  /** The API key with which the caller came, and all that it allows; absent for a caller without one. */
  readonly keyId?: string;
  /** When that key expires, ISO 8601; absent for one that does not. */
  readonly keyExpiresAt?: string;
  readonly scopes?: readonly Right[];
  /** The session in which a person signed in; absent for API keys and in open mode. */
  readonly sessionId?: string;
}

/**
 * What a repeat of a request with the same `Idempotency-Key` is answered with. A store writes it together with
 * the change, so that there is never one without the other.
 */
export interface Receipt {
  /** Caller, route and key in one string. */
  readonly key: string;
  /** Digest of the request, to tell a repeat from another request under the same key. */
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** ISO 8601; from then on the key is free again, whether or not the row was removed. */
  readonly expiresAt: string;
}

/** What a verb knows besides its input and its ports. Core has no clock and no randomness of its own. */
export interface Context {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network address that the request came from. */
  readonly address?: string;
  /** The present instant, ISO 8601 in UTC with milliseconds. Never goes back within a process. */
  now(): string;
  newId(prefix: IdPrefix): string;
  /** Runs `work` after all earlier work under the same key in this process; see `keyedMutex`. */
  runExclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Waits before try number `attempt` (from 1) at a write that lost a race against another process. */
  pause(attempt: number): Promise<void>;
  /** Set when the caller sent an `Idempotency-Key`: turns the verb's result into the receipt to be saved with it. */
  receiptFor?(result: unknown): Receipt;
}

/** The receipt for `result`, as the optional member of a change. */
export function receiptOf(ctx: Context, result: unknown): { receipt?: Receipt } {
  return ctx.receiptFor === undefined ? {} : { receipt: ctx.receiptFor(result) };
}

const ATTEMPTS = 64;

/**
 * Runs `attempt` while no other change of `subject` runs in this process. Runs it again, from its load on, when another
 * process wrote between its load and its save. Throws `busy` when that happens every time.
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
