export { AuditAction, AuditEntry } from './audit-entry.ts';
export type { AuditLog } from './ports.ts';
export { type AuditDeps, listAudit } from './read-audit.ts';
