import { AuditEntry, type AuditLog } from '@curlew/core/audit';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';

export function sqliteAuditLog(database: Database): AuditLog {
  const save = saving(database);
  return {
    append: (entry) => database.write(() => save.audit(entry)),

    async list(organizationId, page) {
      const select = 'SELECT * FROM audit INDEXED BY audit_by_organization';
      return creationPage(database, { select, where: 'organization_id = ?', values: [organizationId] }, page, toEntry);
    },
  };
}

function toEntry(row: Record<string, unknown>): AuditEntry {
  return AuditEntry.parse({
    id: row.id,
    time: row.time,
    action: row.action,
    actorId: row.actor_id,
    keyId: row.key_id,
    subjectId: row.subject_id,
    address: row.address,
    requestId: row.request_id,
    details: JSON.parse(row.details as string),
  });
}
