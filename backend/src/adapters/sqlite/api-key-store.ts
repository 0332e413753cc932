import type { ApiKey, ApiKeyChange, ApiKeyRecord, ApiKeyStore } from '@curlew/core/api-key';
import { StaleError } from '@curlew/core/kernel';
import { changeWriters } from './change-writers.ts';
import { columnsOf, insertSql, integer, json, nullable, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';

const API_KEY = columnsOf<ApiKey>({
  id: text('id'),
  name: text('name'),
  userId: text('user_id'),
  scopes: json('scopes'),
  start: text('start'),
  createdAt: text('created_at'),
  createdById: text('created_by_id'),
  expiresAt: nullable(text('expires_at')),
  lastUsedAt: nullable(text('last_used_at')),
  version: integer('version'),
});

export const API_KEY_RECORD = columnsOf<ApiKeyRecord>({
  organizationId: text('organization_id'),
  apiKey: API_KEY,
  digest: text('digest'),
  revokedAt: nullable(text('revoked_at')),
});

export function sqliteApiKeyStore(database: Database): ApiKeyStore {
  const { prepare, prepareSelect } = database;
  const byId = prepareSelect(`${selectSql('api_keys', API_KEY_RECORD.select)} WHERE organization_id = ? AND id = ?`);
  const insert = prepare(insertSql('api_keys', API_KEY_RECORD.select));
  const revoke = prepare('UPDATE api_keys SET revoked_at = ?, version = ? WHERE organization_id = ? AND id = ?');
  const use = prepare(
    `UPDATE api_keys SET last_used_at = ?3 WHERE organization_id = ?1 AND id = ?2
       AND (last_used_at IS NULL OR last_used_at <= ?4)`,
  );
  const save = changeWriters(database);

  function find(organizationId: string, id: string): ApiKeyRecord | undefined {
    const row = byId.get(organizationId, id);
    return row === undefined ? undefined : API_KEY_RECORD.get(row, 0);
  }

  function write({ record, before, audit = [], receipt }: ApiKeyChange): void {
    const { organizationId, apiKey, revokedAt } = record;
    if (before === undefined) insert.run(...API_KEY_RECORD.put(record));
    else {
      if (find(organizationId, apiKey.id)?.apiKey.version !== before.apiKey.version) throw new StaleError();
      revoke.run(revokedAt, apiKey.version, organizationId, apiKey.id);
    }
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  }

  return {
    async find(organizationId, id) {
      return find(organizationId, id);
    },

    save(change) {
      return database.write(() => write(change));
    },

    recordUse({ organizationId, id, time, since, audit }) {
      return database.write(() => {
        if (use.run(organizationId, id, time, since).changes === 1) save.audit(audit);
      });
    },

    async list(organizationId, query) {
      const [index, condition, values] =
        query.userId === undefined
          ? ['api_keys_by_creation', '', [organizationId]]
          : ['api_keys_by_user', ' AND user_id = ?', [organizationId, query.userId]];
      const from = `api_keys INDEXED BY ${index}`;
      const where = `organization_id = ? AND revoked_at IS NULL${condition}`;
      return creationPage(database, { reader: API_KEY, from, where, values }, query);
    },
  };
}
