import type { AuditTrail, CreationSort, Page, PageRequest } from '../kernel/index.ts';
import type { AuditEntry } from './audit-entry.ts';

export interface AuditLog extends AuditTrail {
  /** In the order of their instants. */
  list(organizationId: string, query: PageRequest & { readonly sort: CreationSort }): Promise<Page<AuditEntry>>;
}
