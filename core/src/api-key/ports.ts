import type { AuditEntry, CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { ApiKey, ApiKeyRecord } from './api-key.ts';

export interface ApiKeyQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly userId?: string;
}

/** One write to the store. */
export interface ApiKeyChange {
  readonly record: ApiKeyRecord;
  /** The record as it was loaded before the change; absent for a new key. */
  readonly before?: ApiKeyRecord;
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
   * resolves. Throws `StaleError` if the stored version differs from the version of `before`, and `ReceiptTakenError`.
   */
  save(change: ApiKeyChange): Promise<void>;

  /**
   * Sets the key's `lastUsedAt` and writes the audit entry, in one transaction. Does neither if the key has no record, or
   * a use that was recorded after `since`. Of several calls for the same use, only one writes. The key's version stays
   * the same.
   */
  recordUse(use: KeyUse): Promise<void>;

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
