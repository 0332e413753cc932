import { StaleError } from '@curlew/core/kernel';
import type { Organization, OrganizationChange, OrganizationStore } from '@curlew/core/organization';
import { type TriageSettings, triageSettings } from '@curlew/core/triage';
import { changeWriters } from './change-writers.ts';
import { type Column, columnsOf, integer, json, nullable, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { updateChanged } from './update-changed.ts';
import { userWriter } from './user-store.ts';

export const ORGANIZATION = columnsOf<Organization>({
  id: text('id'),
  name: text('name'),
  triage: triageColumn(),
  createdAt: text('created_at'),
  updatedAt: text('updated_at'),
  version: integer('version'),
});

/** The column is null until the organization sets a triage setting. */
function triageColumn(): Column<TriageSettings> {
  const stored = nullable(json<Partial<TriageSettings>>('triage'));
  return { ...stored, get: (row, at) => triageSettings(stored.get(row, at) ?? {}) };
}

export function sqliteOrganizationStore(database: Database): OrganizationStore {
  const names = ORGANIZATION.select;
  const byId = database.prepareSelect(`${selectSql('organizations', names)} WHERE id = ?`);
  const insert = database.prepare(
    `INSERT INTO organizations (row, ${names.join(', ')})
     VALUES ((SELECT coalesce(max(row), 0) + 1 FROM organizations), ${names.map(() => '?').join(', ')})`,
  );
  const writeUser = userWriter(database);
  const save = changeWriters(database);

  function write({ organization, before, admin, audit = [], receipt }: OrganizationChange): void {
    const next = ORGANIZATION.put(organization);
    if (before === undefined) insert.run(...next);
    else {
      const stored = byId.get(before.id);
      if (stored === undefined || ORGANIZATION.get(stored, 0).version !== before.version) throw new StaleError();
      updateChanged(database, { table: 'organizations', names, stored, next }, 'id = ?', [before.id]);
    }
    if (admin !== undefined) writeUser(admin);
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  }

  return {
    async find(id) {
      const row = byId.get(id);
      return row === undefined ? undefined : ORGANIZATION.get(row, 0);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(query) {
      const from = 'organizations INDEXED BY organizations_by_creation';
      return creationPage(database, { reader: ORGANIZATION, from, where: 'row > 0', values: [] }, query);
    },
  };
}
