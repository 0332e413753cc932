import type { KeyRevocation } from '@curlew/core/session';
import { changeWriters } from './change-writers.ts';
import type { Database } from './database.ts';

/** Ends the credentials that a user created while signed in. Runs inside the transaction of the caller. */
export function createdCredentials(database: Database) {
  const { prepare } = database;
  const save = changeWriters(database);
  const removeTokens = prepare('DELETE FROM password_tokens WHERE organization_id = ? AND created_by_id = ?');
  const created = prepare(
    `SELECT id, user_id FROM api_keys INDEXED BY api_keys_by_creator
     WHERE organization_id = ? AND created_by_id = ? AND revoked_at IS NULL AND signed_in = 1`,
  );
  // A signed-in user creates the first key of a chain.
  const chained = prepare(
    `SELECT id, user_id FROM api_keys INDEXED BY api_keys_by_root
     WHERE organization_id = ? AND root_key_id = ? AND revoked_at IS NULL`,
  );
  const revoke = prepare(
    'UPDATE api_keys SET revoked_at = ?, version = version + 1 WHERE organization_id = ? AND id = ?',
  );

  return function end(
    organizationId: string,
    userId: string,
    now: string,
    revocation: KeyRevocation | undefined,
  ): void {
    removeTokens.run(organizationId, userId);
    if (revocation === undefined) return;
    const keys = created.all(organizationId, userId);
    for (const key of keys.flatMap((first) => [first, ...chained.all(organizationId, String(first.id))])) {
      const id = String(key.id);
      revoke.run(now, organizationId, id);
      save.audit(revocation({ id, userId: String(key.user_id) }));
    }
  };
}
