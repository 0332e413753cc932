import {
  afterFailure,
  type FailedTries,
  isBlocked,
  type PasswordTokenKind,
  type PasswordTokenRecord,
  type SessionRecord,
  type SessionStore,
  type SignInAttempt,
  type TriesScope,
} from '@curlew/core/session';
import { changeWriters } from './change-writers.ts';
import type { Database } from './database.ts';

const SCOPES: readonly TriesScope[] = ['network', 'everywhere'];
const MOST_SESSIONS = 100;
const MOST_MEMBERSHIPS = 20;
// Small, because the removal shares the write queue with requests.
const REMOVED_AT_ONCE = 500;

export interface SqliteSessionStore extends SessionStore {
  /** Removes one batch of rows that have expired at `now`. Resolves with true if there may be more. */
  removeExpired(now: string): Promise<boolean>;
}

export function sqliteSessionStore(database: Database): SqliteSessionStore {
  const { prepare, write } = database;
  const save = changeWriters(database);
  const memberships = prepare(
    `SELECT users.organization_id, users.id FROM users INDEXED BY users_by_address_anywhere
       JOIN credentials ON credentials.organization_id = users.organization_id AND credentials.user_id = users.id
     WHERE address = ? AND address IS NOT NULL AND active = 1 LIMIT ?`,
  );
  const credential = prepare('SELECT hash FROM credentials WHERE organization_id = ? AND user_id = ?');
  const putCredential = prepare(
    `INSERT INTO credentials (organization_id, user_id, hash, changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
  );
  const isActive = prepare(
    'SELECT 1 FROM users WHERE organization_id = ? AND id = ? AND active = 1 AND deleted_at IS NULL',
  );
  const tries = prepare('SELECT * FROM failed_tries WHERE organization_id = ? AND account = ? AND origin = ?');
  const forgetTriesFrom = prepare('DELETE FROM failed_tries WHERE organization_id = ? AND account = ? AND origin = ?');
  const forgetTries = prepare('DELETE FROM failed_tries WHERE organization_id = ? AND account = ?');
  const putTries = prepare(
    `INSERT INTO failed_tries (organization_id, account, origin, failures, blocked_until, expires_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until,
       expires_at = excluded.expires_at`,
  );
  const insert = prepare(
    `INSERT INTO sessions (organization_id, id, user_id, created_at, refreshed_at, expires_at, family_digest, turn_digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const removeOldest = prepare(
    `DELETE FROM sessions WHERE organization_id = ?1 AND id IN (
       SELECT id FROM sessions INDEXED BY sessions_by_user WHERE organization_id = ?1 AND user_id = ?2
       ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?3)`,
  );
  const byId = prepare('SELECT * FROM sessions WHERE organization_id = ? AND id = ? AND expires_at > ?');
  const byUser = prepare(
    `SELECT * FROM sessions INDEXED BY sessions_by_user WHERE organization_id = ? AND user_id = ? AND expires_at > ?
     ORDER BY created_at DESC, id DESC LIMIT ?`,
  );
  const update = prepare(
    `UPDATE sessions SET refreshed_at = ?, expires_at = ?, turn_digest = ?
     WHERE organization_id = ? AND id = ? AND turn_digest = ?`,
  );
  const remove = prepare('DELETE FROM sessions WHERE organization_id = ? AND id = ? AND user_id = ?');
  const removeOthers = prepare('DELETE FROM sessions WHERE organization_id = ? AND user_id = ? AND id <> ?');
  const putToken = prepare(
    `INSERT INTO password_tokens (organization_id, user_id, kind, digest, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (organization_id, user_id) DO UPDATE SET kind = excluded.kind, digest = excluded.digest,
       expires_at = excluded.expires_at`,
  );
  const tokenByDigest = prepare(
    'SELECT * FROM password_tokens WHERE organization_id = ? AND digest = ? AND expires_at > ?',
  );
  const removeToken = prepare('DELETE FROM password_tokens WHERE organization_id = ? AND user_id = ?');
  const expired = [
    prepare(
      'DELETE FROM sessions WHERE (organization_id, id) IN (SELECT organization_id, id FROM sessions WHERE expires_at <= ? LIMIT ?)',
    ),
    prepare(
      'DELETE FROM password_tokens WHERE (organization_id, user_id) IN (SELECT organization_id, user_id FROM password_tokens WHERE expires_at <= ? LIMIT ?)',
    ),
    prepare(
      'DELETE FROM failed_tries WHERE (organization_id, account, origin) IN (SELECT organization_id, account, origin FROM failed_tries WHERE expires_at <= ? LIMIT ?)',
    ),
  ];

  function triesFrom(tried: SignInAttempt, scope: TriesScope): FailedTries | undefined {
    const row = tries.get(tried.organizationId, tried.account, originOf(tried, scope));
    return row === undefined ? undefined : failedTries(row);
  }

  function isRefused(tried: SignInAttempt, now: string): boolean {
    return SCOPES.some((scope) => isBlocked(triesFrom(tried, scope), now));
  }

  return {
    async membershipsOf(email) {
      const rows = memberships.all(email.toLowerCase(), MOST_MEMBERSHIPS);
      return rows.map((row) => ({ organizationId: row.organization_id as string, userId: row.id as string }));
    },

    async passwordHash(organizationId, userId) {
      return credential.get(organizationId, userId)?.hash as string | undefined;
    },

    setPassword({ organizationId, userId, hash, now, keeping = '', token, passwordHash, audit }) {
      return write(() => {
        const isStale = passwordHash !== undefined && credential.get(organizationId, userId)?.hash !== passwordHash;
        if (isStale) return false;
        if (token !== undefined && tokenByDigest.get(organizationId, token, now)?.user_id !== userId) return false;
        putCredential.run(organizationId, userId, hash, now);
        removeToken.run(organizationId, userId);
        removeOthers.run(organizationId, userId, keeping);
        save.audit(audit);
        return true;
      });
    },

    async isRefused(tried, now) {
      return isRefused(tried, now);
    },

    settleTry(tried, isRight, now, refusal) {
      return write(() => {
        if (isRefused(tried, now)) {
          save.audit(refusal);
          return false;
        }
        const { organizationId, account } = tried;
        if (isRight) {
          if (triesFrom(tried, 'network') !== undefined) {
            forgetTriesFrom.run(organizationId, account, originOf(tried, 'network'));
          }
          return true;
        }
        for (const scope of SCOPES) {
          const { failures, blockedUntil, expiresAt } = afterFailure(scope, triesFrom(tried, scope), now);
          putTries.run(organizationId, account, originOf(tried, scope), failures, blockedUntil, expiresAt);
        }
        save.audit(refusal);
        return false;
      });
    },

    async forgetTries(organizationId, account) {
      await write(() => forgetTries.run(organizationId, account));
    },

    start(session, passwordHash, audit) {
      return write(() => {
        const { organizationId, id, userId, createdAt, refreshedAt, expiresAt, familyDigest, turnDigest } = session;
        if (credential.get(organizationId, userId)?.hash !== passwordHash) return false;
        if (isActive.get(organizationId, userId) === undefined) return false;
        insert.run(organizationId, id, userId, createdAt, refreshedAt, expiresAt, familyDigest, turnDigest);
        removeOldest.run(organizationId, userId, MOST_SESSIONS);
        save.audit(audit);
        return true;
      });
    },

    async find(organizationId, id, now) {
      const row = byId.get(organizationId, id, now);
      return row === undefined ? undefined : sessionRecord(row);
    },

    async listOf(organizationId, userId, now) {
      return byUser.all(organizationId, userId, now, MOST_SESSIONS).map(sessionRecord);
    },

    turn({ organizationId, id, refreshedAt, expiresAt, turnDigest }, before) {
      return write(() => update.run(refreshedAt, expiresAt, turnDigest, organizationId, id, before).changes === 1);
    },

    end(organizationId, userId, id, audit) {
      return write(() => {
        const isEnded = remove.run(organizationId, id, userId).changes === 1;
        if (isEnded) save.audit(audit);
        return isEnded;
      });
    },

    endAll(organizationId, userId, audit) {
      return write(() => {
        const ended = Number(removeOthers.run(organizationId, userId, '').changes);
        if (ended > 0) save.audit(audit);
        return ended;
      });
    },

    putPasswordToken({ organizationId, userId, kind, digest, expiresAt }, audit) {
      return write(() => {
        putToken.run(organizationId, userId, kind, digest, expiresAt);
        save.audit(audit);
      });
    },

    async findPasswordToken(organizationId, digest, now) {
      const row = tokenByDigest.get(organizationId, digest, now);
      return row === undefined ? undefined : passwordToken(row);
    },

    removeExpired(now) {
      return write(() => expired.some((statement) => Number(statement.run(now, REMOVED_AT_ONCE).changes) > 0));
    },
  };
}

/** The prefix `from ` keeps a network named `everywhere` apart from the scope `everywhere`. */
function originOf({ network }: SignInAttempt, scope: TriesScope): string {
  return scope === 'everywhere' ? scope : `from ${network}`;
}

function failedTries(row: Record<string, unknown>): FailedTries {
  return {
    failures: row.failures as number,
    blockedUntil: row.blocked_until as string,
    expiresAt: row.expires_at as string,
  };
}

function sessionRecord(row: Record<string, unknown>): SessionRecord {
  return {
    organizationId: row.organization_id as string,
    id: row.id as string,
    userId: row.user_id as string,
    createdAt: row.created_at as string,
    refreshedAt: row.refreshed_at as string,
    expiresAt: row.expires_at as string,
    familyDigest: row.family_digest as string,
    turnDigest: row.turn_digest as string,
  };
}

function passwordToken(row: Record<string, unknown>): PasswordTokenRecord {
  return {
    organizationId: row.organization_id as string,
    userId: row.user_id as string,
    kind: row.kind as PasswordTokenKind,
    digest: row.digest as string,
    expiresAt: row.expires_at as string,
  };
}
