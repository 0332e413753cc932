import { ApiKey, type ApiKeyChange, type ApiKeyRecord, type ApiKeyStore } from '@curlew/core/api-key';
import { StaleError } from '@curlew/core/kernel';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';

export function sqliteApiKeyStore(database: Database): ApiKeyStore {
  const { prepare } = database;
  const byId = prepare('SELECT * FROM api_keys WHERE organization_id = ? AND id = ?');
  const insert = prepare(
    `INSERT INTO api_keys (name, user_id, scopes, start, digest, created_at, created_by_id, expires_at, last_used_at,
       revoked_at, version, organization_id, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const revoke = prepare('UPDATE api_keys SET revoked_at = ?, version = ? WHERE organization_id = ? AND id = ?');
  const use = prepare(
    `UPDATE api_keys SET last_used_at = ?3 WHERE organization_id = ?1 AND id = ?2
       AND (last_used_at IS NULL OR last_used_at < ?3)`,
  );
  const save = saving(database);

  function write({ record, before, audit = [], receipt }: ApiKeyChange): void {
    const { organizationId, apiKey, revokedAt } = record;
    if (before === undefined) writeNew(record);
    else {
      if (byId.get(organizationId, apiKey.id)?.version !== before.apiKey.version) throw new StaleError();
      revoke.run(revokedAt, apiKey.version, organizationId, apiKey.id);
    }
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  }

  function writeNew({ organizationId, apiKey, digest, revokedAt }: ApiKeyRecord): void {
    insert.run(
      apiKey.name,
      apiKey.userId,
      JSON.stringify(apiKey.scopes),
      apiKey.start,
      digest,
      apiKey.createdAt,
      apiKey.createdById,
      apiKey.expiresAt,
      apiKey.lastUsedAt,
      revokedAt,
      apiKey.version,
      organizationId,
      apiKey.id,
    );
  }

  return {
    async find(organizationId, id) {
      const row = byId.get(organizationId, id);
      return row === undefined ? undefined : apiKeyRecord(row);
    },

    save(change) {
      return database.write(() => write(change));
    },

    touch(organizationId, id, time) {
      return database.write(() => void use.run(organizationId, id, time));
    },

    async list(organizationId, query) {
      const [index, condition, values] =
        query.userId === undefined
          ? ['api_keys_by_creation', '', [organizationId]]
          : ['api_keys_by_user', ' AND user_id = ?', [organizationId, query.userId]];
      const select = `SELECT * FROM api_keys INDEXED BY ${index}`;
      const where = `organization_id = ? AND revoked_at IS NULL${condition}`;
      return creationPage(database, { select, where, values }, query, toApiKey);
    },
  };
}

function apiKeyRecord(row: Record<string, unknown>): ApiKeyRecord {
  return {
    organizationId: row.organization_id as string,
    apiKey: toApiKey(row),
    digest: row.digest as string,
    revokedAt: row.revoked_at as string | null,
  };
}

function toApiKey(row: Record<string, unknown>): ApiKey {
  return ApiKey.parse({
    id: row.id,
    name: row.name,
    userId: row.user_id,
    scopes: JSON.parse(row.scopes as string),
    start: row.start,
    createdAt: row.created_at,
    createdById: row.created_by_id,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    version: row.version,
  });
}
