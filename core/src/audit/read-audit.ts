import { admit, type Context, type CreationSort, type Page, type PageRequest } from '../kernel/index.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditLog } from './ports.ts';

export interface AuditVerb {
  readonly ctx: Context;
  readonly audit: AuditLog;
}

/** What happened in the organization. Throws `forbidden`. */
export async function listAudit(
  { ctx, audit }: AuditVerb,
  query: PageRequest & { readonly sort: CreationSort },
): Promise<Page<AuditEntry>> {
  admit(ctx);
  return audit.list(ctx.actor.organizationId, query);
}
