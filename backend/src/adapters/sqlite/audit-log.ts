import type { AuditLog } from '@curlew/core/audit';
import { AUDIT_ENTRY } from './change-columns.ts';
import { changeWriters } from './change-writers.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';

export function sqliteAuditLog(database: Database): AuditLog {
  const save = changeWriters(database);
  return {
    append: (entry) => database.write(() => save.audit(entry)),

    async list(organizationId, page) {
      const from = 'audit INDEXED BY audit_by_organization';
      const query = { reader: AUDIT_ENTRY, from, where: 'organization_id = ?', values: [organizationId] };
      return creationPage(database, query, page);
    },
  };
}
