import type { AuditEntry, Context, CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { User, UserChange } from '../user/index.ts';
import type { FirstAdmin, Organization } from './organization.ts';

export interface OrganizationQuery extends PageRequest {
  readonly sort: CreationSort;
}

export interface OrganizationChange {
  readonly organization: Organization;
  /** The organization that the verb decided on; absent for a new one. */
  readonly before?: Organization;
  /** The first admin of a new one. */
  readonly admin?: UserChange;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

/** An organization is its own tenant: `id` is the organization that each of these works in. */
export interface OrganizationStore {
  find(id: string): Promise<Organization | undefined>;

  /**
   * Writes organization, first admin with their event, and receipt as one, on disk when the promise resolves. Throws
   * `StaleError` when the stored version is not that of `before`, `ReceiptTakenError`.
   */
  save(change: OrganizationChange): Promise<void>;

  /** All there are: for the operator only. */
  list(query: OrganizationQuery): Promise<Page<Organization>>;
}

/** What organizations need of the user service: the change that makes a first admin, for the store to save. */
export type MakeFirstAdmin = (
  ctx: Context,
  organizationId: string,
  admin: Pick<FirstAdmin, 'email' | 'name'>,
) => UserChange;

/** Gives a user a password. Called before the user is there: one left over by a failure opens nothing. */
export type SetPassword = (organizationId: string, user: Pick<User, 'id' | 'email'>, password: string) => Promise<void>;
