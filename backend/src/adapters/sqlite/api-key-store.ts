import {
  type ApiKey,
  type ApiKeyChange,
  type ApiKeyRecord,
  type ApiKeyStore,
  KEYS_PER_ROOT,
  KEYS_PER_USER,
  tooManyKeysOfRoot,
  tooManyKeysOfUser,
} from '@curlew/core/api-key';
import { CurlewError, StaleError } from '@curlew/core/kernel';
import { changeWriters } from './change-writers.ts';
import { columnsOf, flag, insertSql, integer, json, nullable, selectSql, text } from './columns.ts';
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
  createdByKeyId: nullable(text('created_by_key_id')),
  expiresAt: nullable(text('expires_at')),
  lastUsedAt: nullable(text('last_used_at')),
  version: integer('version'),
});

export const API_KEY_RECORD = columnsOf<ApiKeyRecord>({
  organizationId: text('organization_id'),
  apiKey: API_KEY,
  digest: text('digest'),
  revokedAt: nullable(text('revoked_at')),
  operator: flag('operator'),
  createdByRole: nullable(text('created_by_role')),
  rootKeyId: nullable(text('root_key_id')),
  signedIn: flag('signed_in'),
});

export function sqliteApiKeyStore(database: Database): ApiKeyStore {
  const { prepare, prepareSelect } = database;
  const byId = prepareSelect(`${selectSql('api_keys', API_KEY_RECORD.select)} WHERE organization_id = ? AND id = ?`);
  const byRoot = prepareSelect(
    `${selectSql('api_keys', API_KEY_RECORD.select)} INDEXED BY api_keys_by_root
     WHERE organization_id = ? AND root_key_id = ? AND revoked_at IS NULL`,
  );
  const countOfUser = prepare(
    `SELECT count(*) AS n FROM api_keys INDEXED BY api_keys_by_user
     WHERE organization_id = ? AND user_id = ? AND revoked_at IS NULL`,
  );
  const countOfRoot = prepare(
    `SELECT count(*) AS n FROM api_keys INDEXED BY api_keys_by_root
     WHERE organization_id = ? AND root_key_id = ? AND revoked_at IS NULL`,
  );
  const session = prepare('SELECT 1 FROM sessions WHERE organization_id = ? AND id = ?');
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

  function add({ record, sessionId }: ApiKeyChange): void {
    const { organizationId, apiKey, rootKeyId } = record;
    if (sessionId !== undefined && session.get(organizationId, sessionId) === undefined) {
      throw new CurlewError('unauthenticated', 'The session of this request has ended.');
    }
    if (Number(countOfUser.get(organizationId, apiKey.userId)?.n) >= KEYS_PER_USER) throw tooManyKeysOfUser();
    if (rootKeyId !== null && Number(countOfRoot.get(organizationId, rootKeyId)?.n) >= KEYS_PER_ROOT) {
      throw tooManyKeysOfRoot();
    }
    insert.run(...API_KEY_RECORD.put(record));
  }

  function write(change: ApiKeyChange): void {
    const { record, before, audit = [], receipt } = change;
    const { organizationId, apiKey, revokedAt } = record;
    if (before === undefined) add(change);
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

    async listWithRoot(organizationId, rootKeyId) {
      return byRoot.all(organizationId, rootKeyId).map((row) => API_KEY_RECORD.get(row, 0));
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
