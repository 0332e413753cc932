export { AuditAction, AuditEntry } from './audit-entry.ts';
export type { AuditLog } from './ports.ts';
export { type AuditVerb, listAudit } from './read-audit.ts';
