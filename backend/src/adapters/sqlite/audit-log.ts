import type { AuditLog } from '@curlew/core/audit';
import { AUDIT_ENTRY } from './change-columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';

export function sqliteAuditLog(database: Database): AuditLog {
  const save = saving(database);
  return {
    append: (entry) => database.write(() => save.audit(entry)),

    async list(organizationId, page) {
      const from = 'audit INDEXED BY audit_by_organization';
      const query = { reader: AUDIT_ENTRY, from, where: 'organization_id = ?', values: [organizationId] };
      return creationPage(database, query, page);
    },
  };
}
