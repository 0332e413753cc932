import type { AuditTrail, CreationSort, Page, PageRequest } from '../kernel/index.ts';
import type { AuditEntry } from './audit-entry.ts';

/** The audit log of all organizations. */
export interface AuditLog extends AuditTrail {
  /** Lists the entries of an organization, ordered by `time`. */
  list(organizationId: string, query: PageRequest & { readonly sort: CreationSort }): Promise<Page<AuditEntry>>;
}
