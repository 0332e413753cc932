import { createHmac, hash, type KeyObject } from 'node:crypto';
import {
  type Actor,
  type Context,
  CurlewError,
  invalid,
  RECEIPT_KEPT_MILLISECONDS,
  type Receipt,
  type ReceiptStore,
} from '@curlew/core/kernel';
import { refusal, STATUS } from './problem.ts';
import type { Reply } from './reply.ts';

const KEY = /^[\u0021-\u007e]([\u0020-\u007e]{0,253}[\u0021-\u007e])?$/;

interface KeyedRequest {
  readonly actor: Actor;
  readonly method: string;
  /** The path without its version, so that `/v1/tickets` and `/tickets` are one route. */
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** Answers a repeated request with the first reply. */
export interface Idempotency {
  /**
   * Runs `request` unless it was answered before. `request` must save the receipt in the transaction of its change.
   * A failed request leaves no receipt, so it can be repeated with the same key.
   * Throws `idempotency_key_reused`, `idempotency_in_flight`, `already_issued` if the first reply contained a secret,
   * and `invalid_request` if the key is malformed.
   */
  once(keyed: KeyedRequest, request: (receiptFor: (reply: Reply) => Receipt) => Promise<Reply>): Promise<Reply>;
}

/** Throws `invalid_request` if the text cannot be an `Idempotency-Key`. */
export function requireIdempotencyKey(key: string): void {
  if (KEY.test(key)) return;
  const message = 'Must be 1 to 255 printable ASCII characters.';
  throw invalid([{ pointer: '/header/Idempotency-Key', code: 'invalid_format', message }]);
}

/** Resolves with the secret key of fingerprints. It must be the same in all processes that serve the same routes. */
export type FingerprintKey = () => Promise<KeyObject>;

export function idempotency(receipts: ReceiptStore, keyOf: FingerprintKey, now: Context['wallNow']): Idempotency {
  // Only requests of this process. If several processes run, the store accepts the first receipt and rejects others.
  const inFlight = new Map<string, string>();
  return {
    async once(keyed, request) {
      requireIdempotencyKey(keyed.key);
      const { organizationId, userId, role, keyId } = keyed.actor;
      // The role and the API key are part of the key: a user with another role or key must not see the earlier reply.
      const caller = [organizationId, userId, role, ...(keyId === undefined ? [] : [keyId])];
      const key = [...caller, keyed.method, keyed.path, keyed.key].join(' ');
      const fingerprint = fingerprintOf(keyed.body, await keyOf());
      const running = inFlight.get(key);
      if (running !== undefined) {
        if (running !== fingerprint) throw keyReused();
        throw refusal(
          'idempotency_in_flight',
          'Another request with this Idempotency-Key is still running; repeat yours after the time in Retry-After.',
        );
      }
      inFlight.set(key, fingerprint);
      try {
        const receipt = await receipts.find(key, now());
        if (receipt !== undefined) return replay(receipt, keyed.body, fingerprint);
        return await request((reply) => receiptOf(key, fingerprint, reply, now())).catch(async (error) => {
          // This request may have failed because another process answered the same request meanwhile.
          const answered = await receipts.find(key, now()).catch(() => undefined);
          if (answered === undefined) throw error;
          return replay(answered, keyed.body, fingerprint);
        });
      } finally {
        inFlight.delete(key);
      }
    },
  };
}

/**
 * A digest of the whole body. Two bodies that differ only in a password differ too. Without the key, the digest cannot
 * be used to guess a password.
 */
function fingerprintOf(body: string, key: KeyObject): string {
  return createHmac('sha256', key).update('fingerprint ').update(body).digest('base64url');
}

/** Receipts of earlier versions have a digest without a key. It left out passwords, so a body with one never matches. */
function isSameBody(stored: string, body: string, fingerprint: string): boolean {
  return stored === fingerprint || stored === hash('sha256', body);
}

function receiptOf(key: string, fingerprint: string, reply: Reply, now: string): Receipt {
  return {
    key,
    fingerprint,
    status: reply.status,
    headers: reply.headers,
    body: reply.body === null ? '' : String(reply.body),
    expiresAt: new Date(Date.parse(now) + RECEIPT_KEPT_MILLISECONDS).toISOString(),
  };
}

/** The stored form of a reply that contains a secret: only the id of the new resource, for the `already_issued` error. */
export function withoutSecret({ headers }: Reply): Reply {
  return { status: STATUS.already_issued, headers: {}, body: headers.location?.split('/').at(-1) ?? '' };
}

function replay({ status, headers, body, ...receipt }: Receipt, sent: string, fingerprint: string): Reply {
  if (!isSameBody(receipt.fingerprint, sent, fingerprint)) throw keyReused();
  if (status === STATUS.already_issued) {
    const message = 'The first answer to this request contained a secret that is shown only once';
    throw new CurlewError('already_issued', body === '' ? `${message}.` : `${message}; its id is ${body}.`);
  }
  return { status, headers: { ...headers, 'idempotent-replayed': 'true' }, body: body === '' ? null : body };
}

function keyReused() {
  return refusal(
    'idempotency_key_reused',
    'This Idempotency-Key was used with another request body; send a new key with a new request.',
  );
}
