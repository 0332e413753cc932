import type { AuditEntry, CreationSort, Page, PageRequest, Receipt, Role } from '../kernel/index.ts';
import type { UserEvent } from './events.ts';
import type { User, UserRecord } from './user.ts';

export interface UserQuery extends PageRequest {
  readonly sort: CreationSort;
  readonly email?: string;
  readonly role?: Role;
}

export interface UserChange {
  readonly record: UserRecord;
  /** The record that the verb decided on; absent for a new user. */
  readonly before?: UserRecord;
  /** The admin who decides about the user's rights; refused as stale when they were changed meanwhile themselves. */
  readonly decider?: UserRecord;
  /** Absent when only a receipt is to be kept. */
  readonly event?: UserEvent;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

export interface UserStore {
  /** Also finds deleted users: what they mean is for the verb to say. */
  find(organizationId: string, id: string): Promise<UserRecord | undefined>;

  /** Never finds a deleted user: their address is forgotten. */
  findByEmail(organizationId: string, email: string): Promise<UserRecord | undefined>;

  /**
   * Writes user, event, audit entries and receipt as one, on disk when the promise resolves. Throws `StaleError` when
   * the stored version is not that of `before` or `decider`, `ReceiptTakenError`, `user_exists` when
   * the id was ever taken, `email_taken` when another user of the organization has the address.
   */
  save(change: UserChange): Promise<void>;

  /** Users that are not deleted. */
  list(organizationId: string, query: UserQuery): Promise<Page<User>>;
}

/** What somebody signs in with. */
export interface Account {
  readonly organizationId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/**
 * What people sign in with, where something else than the user service keeps it: at most one account for each user.
 * Each method brings an account to a state, whatever it was in, and does nothing to one that is there already; what
 * was left half done by a failure is done by the next call. Each throws, and touches nothing, when the account in
 * question belongs to somebody else.
 */
export interface Accounts {
  /**
   * The account can be used, and has this address, name and role. Whoever gets a new one hears of it by mail; the
   * address counts as proven. Another address makes a new account: nothing that was sent to the old one opens it.
   */
  provide(account: Account): Promise<void>;

  /** The account, if there is one, cannot be used, and its sessions have ended. */
  lock(organizationId: string, userId: string): Promise<void>;

  /** There is no account. */
  remove(organizationId: string, userId: string): Promise<void>;
}
