import { StaleError } from '@curlew/core/kernel';
import { Organization, type OrganizationChange, type OrganizationStore } from '@curlew/core/organization';
import { triageSettings } from '@curlew/core/triage';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';
import { userWriter } from './user-store.ts';

export function sqliteOrganizationStore(database: Database): OrganizationStore {
  const { prepare } = database;
  const byId = prepare('SELECT * FROM organizations WHERE id = ?');
  const insert = prepare(
    `INSERT INTO organizations (row, name, triage, created_at, updated_at, version, id)
     VALUES ((SELECT coalesce(max(row), 0) + 1 FROM organizations), ?, ?, ?, ?, ?, ?)`,
  );
  const update = prepare(
    'UPDATE organizations SET name = ?, triage = ?, created_at = ?, updated_at = ?, version = ? WHERE id = ?',
  );
  const writeUser = userWriter(database);
  const save = saving(database);

  function write({ organization, before, admin, audit = [], receipt }: OrganizationChange): void {
    const { id, name, triage, createdAt, updatedAt, version } = organization;
    if (before !== undefined && byId.get(id)?.version !== before.version) throw new StaleError();
    (before === undefined ? insert : update).run(name, JSON.stringify(triage), createdAt, updatedAt, version, id);
    if (admin !== undefined) writeUser(admin);
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  }

  return {
    async find(id) {
      const row = byId.get(id);
      return row === undefined ? undefined : toOrganization(row);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(query) {
      const select = 'SELECT * FROM organizations INDEXED BY organizations_by_creation';
      return creationPage(database, { select, where: 'row > 0', values: [] }, query, toOrganization);
    },
  };
}

function toOrganization(row: Record<string, unknown>): Organization {
  return Organization.parse({
    id: row.id,
    name: row.name,
    triage: triageSettings(JSON.parse((row.triage as string | null) ?? '{}')),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  });
}
