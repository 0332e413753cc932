import type { AuditEntry, CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import { CurlewError } from '../kernel/index.ts';
import type { ApiKey, ApiKeyRecord } from './api-key.ts';

/** The most keys of a user that are not revoked. A stolen credential could otherwise leave any number of keys. */
export const KEYS_PER_USER = 50;

/** The most keys that are not revoked and were created with one key, directly or with a key that was. */
export const KEYS_PER_ROOT = 500;

export function tooManyKeysOfUser(): CurlewError {
  return new CurlewError('too_many_api_keys', `A user has at most ${KEYS_PER_USER} API keys; revoke one first.`);
}

export function tooManyKeysOfRoot(): CurlewError {
  return new CurlewError(
    'too_many_api_keys',
    `With one API key at most ${KEYS_PER_ROOT} others can be created; revoke one first, or sign in.`,
  );
}

export interface ApiKeyQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly userId?: string;
}

/** One write to the store. */
export interface ApiKeyChange {
  readonly record: ApiKeyRecord;
  /** The record as it was loaded before the change; absent for a new key. */
  readonly before?: ApiKeyRecord;
  /** The session of the creator of a new key, which must not have ended. */
  readonly sessionId?: string;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

/** A use of a key, to be recorded. Times are ISO 8601. */
interface KeyUse {
  readonly organizationId: string;
  readonly id: string;
  readonly time: string;
  /** Uses between this time and `time` are recorded as one. */
  readonly since: string;
  readonly audit: AuditEntry;
}

export interface ApiKeyStore {
  /** Finds revoked keys too; the caller decides how to treat them. */
  find(organizationId: string, id: string): Promise<ApiKeyRecord | undefined>;

  /**
   * Writes the key, the audit entries and the receipt in one transaction. All of them are on disk when the promise
   * resolves. Throws `StaleError` if the stored version differs from the version of `before`, `ReceiptTakenError`,
   * `too_many_api_keys` for a new key beyond `KEYS_PER_USER` or `KEYS_PER_ROOT`, which are counted in the transaction,
   * and `unauthenticated` if the session has ended.
   */
  save(change: ApiKeyChange): Promise<void>;

  /**
   * Sets the key's `lastUsedAt` and writes the audit entry, in one transaction. Does neither if the key has no record, or
   * a use that was recorded after `since`. Of several calls for the same use, only one writes. The key's version stays
   * the same.
   */
  recordUse(use: KeyUse): Promise<void>;

  /** The keys with this root that are not revoked, in no particular order. */
  listWithRoot(organizationId: string, rootKeyId: string): Promise<readonly ApiKeyRecord[]>;

  /** Lists the keys that are not revoked. */
  list(organizationId: string, query: ApiKeyQuery): Promise<Page<ApiKey>>;
}

/**
 * Makes and parses the texts of keys. A text contains the ids of organization and key, so that one lookup finds the
 * key.
 */
export interface KeySecrets {
  /** Makes a random text for a key. `start` is the beginning of the text without its secret part, for display. */
  make(organizationId: string, keyId: string): { readonly text: string; readonly start: string };
  /**
   * The ids in the text of a key; undefined for a text that is malformed or mistyped. Does not prove that the key is
   * valid.
   */
  parse(text: string): { readonly organizationId: string; readonly keyId: string } | undefined;
  /** The digest under which the text is stored. */
  digest(text: string): string;
}
