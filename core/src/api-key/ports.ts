import type { AuditEntry, CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { ApiKey, ApiKeyRecord } from './api-key.ts';

export interface ApiKeyQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly userId?: string;
}

export interface ApiKeyChange {
  readonly record: ApiKeyRecord;
  /** The record that the verb decided on; absent for a new key. */
  readonly before?: ApiKeyRecord;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

export interface ApiKeyStore {
  /** Also finds revoked keys: what they mean is for the caller to say. */
  find(organizationId: string, id: string): Promise<ApiKeyRecord | undefined>;

  /**
   * Writes key, audit entries and receipt as one, on disk when the promise resolves. Throws `StaleError` when the stored version is
   * not that of `before`, `ReceiptTakenError`.
   */
  save(change: ApiKeyChange): Promise<void>;

  /** Notes that the key was used, unless it was used later. Is no change of the key: its version stays. */
  touch(organizationId: string, id: string, time: string): Promise<void>;

  /** Keys that are not revoked. */
  list(organizationId: string, query: ApiKeyQuery): Promise<Page<ApiKey>>;
}

/** What keys are made of. A key names its organization and itself, so that one look-up finds it. */
export interface KeySecrets {
  /** A key's text that nobody can guess, and the start of it that gives nothing away. */
  make(organizationId: string, keyId: string): { readonly text: string; readonly start: string };
  /** What a well-formed text says whose it is; undefined for one with a slip of the pen in it. Proves nothing. */
  parse(text: string): { readonly organizationId: string; readonly keyId: string } | undefined;
  digest(text: string): string;
}
