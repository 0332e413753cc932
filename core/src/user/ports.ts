import type { AuditEntry, CreationSort, Page, PageRequest, Receipt, Role } from '../kernel/index.ts';
import type { UserEvent } from './events.ts';
import type { User, UserRecord } from './user.ts';

export interface UserQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly email?: string;
  readonly role?: Role;
}

/** One write to the store. */
export interface UserChange {
  readonly record: UserRecord;
  /** The record as it was loaded before the change; absent for a new user. */
  readonly before?: UserRecord;
  /** The admin who changes the user's rights. `save` throws `StaleError` if this admin has changed since the load. */
  readonly decider?: UserRecord;
  /** Absent if the user did not change and only the receipt is saved. */
  readonly event?: UserEvent;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

export interface UserStore {
  /** Finds deleted users too; the caller decides how to treat them. */
  find(organizationId: string, id: string): Promise<UserRecord | undefined>;

  /** Never finds a deleted user, because their address is erased. */
  findByEmail(organizationId: string, email: string): Promise<UserRecord | undefined>;

  /**
   * Writes the user, the event, the audit entries and the receipt in one transaction. All of them are on disk when the
   * promise resolves. Throws `StaleError` if the stored version of the user or the decider differs from `before` or
   * `decider`, `ReceiptTakenError`, `user_exists` if a present or deleted user has the id, and `email_taken` if another
   * user of the organization has the address.
   */
  save(change: UserChange): Promise<void>;

  /** Lists the users that are not deleted. */
  list(organizationId: string, query: UserQuery): Promise<Page<User>>;
}

/** The account that a user signs in with. */
export interface Account {
  readonly organizationId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/**
 * The sign-in accounts in an external identity provider, at most one for each user. Each method brings an account to
 * one state from any other state, and changes nothing if the account is in that state already. If a call fails halfway,
 * the next call completes it. Each method throws, and changes nothing, if the account belongs to another user.
 */
export interface Accounts {
  /**
   * Makes the account usable, with this address, name and role. The provider sends an e-mail to the user of a new
   * account, and treats the address as verified. A changed address creates a new account: passwords, codes and links
   * that were sent to the old address do not open it.
   */
  provide(account: Account): Promise<void>;

  /** Disables the account, if it exists, and ends its sessions. */
  lock(organizationId: string, userId: string): Promise<void>;

  /** Removes the account, if it exists. */
  remove(organizationId: string, userId: string): Promise<void>;
}
