import { type Context, type CreationSort, type Page, type PageRequest, requireAccess } from '../kernel/index.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditLog } from './ports.ts';

export interface AuditDeps {
  readonly ctx: Context;
  readonly audit: AuditLog;
}

/** Lists the audit log of the caller's organization. Throws `forbidden`. */
export async function listAudit(
  { ctx, audit }: AuditDeps,
  query: PageRequest & { readonly sort: CreationSort },
): Promise<Page<AuditEntry>> {
  requireAccess(ctx, 'audit:read');
  return audit.list(ctx.actor.organizationId, query);
}
