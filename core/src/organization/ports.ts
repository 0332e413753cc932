import type { AuditEntry, Context, CreationSort, Page, PageRequest, Receipt } from '../kernel/index.ts';
import type { User, UserChange } from '../user/index.ts';
import type { FirstAdmin, Organization } from './organization.ts';

export interface OrganizationQuery extends PageRequest {
  readonly sort: CreationSort;
}

/** One write to the store. */
export interface OrganizationChange {
  readonly organization: Organization;
  /** The organization as it was loaded before the change; absent for a new organization. */
  readonly before?: Organization;
  /** The first admin of a new organization. */
  readonly admin?: UserChange;
  readonly audit?: readonly AuditEntry[];
  readonly receipt?: Receipt;
}

/** Stores organizations. An organization is its own tenant, so `id` is also the id of the tenant. */
export interface OrganizationStore {
  find(id: string): Promise<Organization | undefined>;

  /**
   * Writes the organization, its first admin with the event, the audit entries and the receipt in one transaction. All
   * of them are on disk when the promise resolves. Throws `StaleError` if the stored version differs from the version
   * of `before`, and `ReceiptTakenError`.
   */
  save(change: OrganizationChange): Promise<void>;

  /** Lists all organizations. Only the operator may see them. */
  list(query: OrganizationQuery): Promise<Page<Organization>>;
}

/** Makes the change that creates the first admin. The organization store saves it with the organization. */
export type MakeFirstAdmin = (
  ctx: Context,
  organizationId: string,
  admin: Pick<FirstAdmin, 'email' | 'name'>,
) => UserChange;

/**
 * Sets the password of a new user, before the user is saved. If the user is then not saved, the password stays, but it
 * gives no access.
 */
export type SetPassword = (organizationId: string, user: Pick<User, 'id' | 'email'>, password: string) => Promise<void>;
