import {
  afterFailure,
  type FailedTries,
  isBlocked,
  isValidAt,
  type PasswordTokenRecord,
  type SessionRecord,
  type SessionStore,
  type SignInAttempt,
} from '@curlew/core/session';
import { changeWriters } from './change-writers.ts';
import { insertSql, selectSql, upsertSql } from './columns.ts';
import { createdCredentials } from './created-credentials.ts';
import type { Database } from './database.ts';
import { FAILED_TRIES, MEMBERSHIP, PASSWORD_HASH, PASSWORD_TOKEN, SESSION } from './session-columns.ts';
import { updateChanged } from './update-changed.ts';

const MOST_SESSIONS = 100;
const MOST_MEMBERSHIPS = 20;
const MOST_NETWORKS = 50;
// Small, because the removal shares the write queue with requests.
const REMOVED_AT_ONCE = 500;

export interface SqliteSessionStore extends SessionStore {
  /** Removes one batch of rows that have expired at `now`. Resolves with true if there may be more. */
  removeExpired(now: string): Promise<boolean>;
}

export function sqliteSessionStore(database: Database): SqliteSessionStore {
  const { prepare, prepareSelect, write } = database;
  const save = changeWriters(database);
  const endCreated = createdCredentials(database);
  const memberships = prepareSelect(
    `${selectSql('users', MEMBERSHIP.select)} INDEXED BY users_by_address_anywhere
       JOIN credentials ON credentials.organization_id = users.organization_id AND credentials.user_id = users.id
     WHERE address = ? AND address IS NOT NULL AND active = 1 LIMIT ?`,
  );
  const credential = prepareSelect(
    `${selectSql('credentials', PASSWORD_HASH.select)} WHERE organization_id = ? AND user_id = ?`,
  );
  const putCredential = prepare(
    upsertSql(
      'credentials',
      ['organization_id', 'user_id', ...PASSWORD_HASH.select, 'changed_at'],
      ['organization_id', 'user_id'],
    ),
  );
  const isActive = prepare(
    'SELECT 1 FROM users WHERE organization_id = ? AND id = ? AND active = 1 AND deleted_at IS NULL',
  );
  const tries = prepareSelect(
    `${selectSql('failed_tries', FAILED_TRIES.select)} WHERE organization_id = ? AND account = ? AND origin = ?`,
  );
  const forgetTriesFrom = prepare('DELETE FROM failed_tries WHERE organization_id = ? AND account = ? AND origin = ?');
  const forgetTries = prepare('DELETE FROM failed_tries WHERE organization_id = ? AND account = ?');
  const attemptKey = ['organization_id', 'account', 'origin'];
  const putTries = prepare(upsertSql('failed_tries', [...attemptKey, ...FAILED_TRIES.select], attemptKey));
  const isKnown = prepareSelect(
    'SELECT 1 FROM known_networks WHERE organization_id = ? AND user_id = ? AND network = ? AND expires_at > ?',
  );
  const networkKey = ['organization_id', 'user_id', 'network'];
  const putNetwork = prepare(upsertSql('known_networks', [...networkKey, 'expires_at'], networkKey));
  const removeOldestNetworks = prepare(
    `DELETE FROM known_networks WHERE organization_id = ?1 AND user_id = ?2 AND network IN (
       SELECT network FROM known_networks INDEXED BY known_networks_by_user WHERE organization_id = ?1 AND user_id = ?2
       ORDER BY expires_at DESC, network DESC LIMIT -1 OFFSET ?3)`,
  );
  const insert = prepare(insertSql('sessions', SESSION.select));
  const removeOldest = prepare(
    `DELETE FROM sessions WHERE organization_id = ?1 AND id IN (
       SELECT id FROM sessions INDEXED BY sessions_by_user WHERE organization_id = ?1 AND user_id = ?2
       ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?3)`,
  );
  const byId = prepareSelect(`${selectSql('sessions', SESSION.select)} WHERE organization_id = ? AND id = ?`);
  const byUser = prepareSelect(
    `${selectSql('sessions', SESSION.select)} INDEXED BY sessions_by_user
     WHERE organization_id = ? AND user_id = ? AND expires_at > ? ORDER BY created_at DESC, id DESC LIMIT ?`,
  );
  const remove = prepare('DELETE FROM sessions WHERE organization_id = ? AND id = ? AND user_id = ?');
  const removeOthers = prepare('DELETE FROM sessions WHERE organization_id = ? AND user_id = ? AND id <> ?');
  const putToken = prepare(
    upsertSql('password_tokens', [...PASSWORD_TOKEN.select, 'created_by_id'], ['organization_id', 'user_id']),
  );
  const tokenByDigest = prepareSelect(
    `${selectSql('password_tokens', PASSWORD_TOKEN.select)} WHERE organization_id = ? AND digest = ? AND expires_at > ?`,
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
    prepare(
      'DELETE FROM known_networks WHERE (organization_id, user_id, network) IN (SELECT organization_id, user_id, network FROM known_networks WHERE expires_at <= ? LIMIT ?)',
    ),
  ];

  function triesFrom({ organizationId, account }: SignInAttempt, network: string): FailedTries | undefined {
    const row = tries.get(organizationId, account, originOf(network));
    return row === undefined ? undefined : FAILED_TRIES.get(row, 0);
  }

  function isRefused(attempt: SignInAttempt, now: string): boolean {
    return attempt.networks.some((network) => isBlocked(triesFrom(attempt, network), now));
  }

  function hashOf(organizationId: string, userId: string): string | undefined {
    const row = credential.get(organizationId, userId);
    return row === undefined ? undefined : PASSWORD_HASH.get(row, 0);
  }

  function sessionOf(organizationId: string, id: string): SessionRecord | undefined {
    const row = byId.get(organizationId, id);
    return row === undefined ? undefined : SESSION.get(row, 0);
  }

  function passwordToken(organizationId: string, digest: string, now: string): PasswordTokenRecord | undefined {
    const row = tokenByDigest.get(organizationId, digest, now);
    return row === undefined ? undefined : PASSWORD_TOKEN.get(row, 0);
  }

  return {
    async findMemberships(email) {
      return memberships.all(email.toLowerCase(), MOST_MEMBERSHIPS).map((row) => MEMBERSHIP.get(row, 0));
    },

    async findPasswordHash(organizationId, userId) {
      return hashOf(organizationId, userId);
    },

    setPassword({
      organizationId,
      userId,
      hash,
      now,
      keptSessionId = '',
      tokenDigest,
      presentHash,
      audit,
      revocation,
    }) {
      return write(() => {
        if (presentHash !== undefined && hashOf(organizationId, userId) !== presentHash) return false;
        if (tokenDigest !== undefined && passwordToken(organizationId, tokenDigest, now)?.userId !== userId)
          return false;
        putCredential.run(organizationId, userId, hash, now);
        removeToken.run(organizationId, userId);
        removeOthers.run(organizationId, userId, keptSessionId);
        endCreated(organizationId, userId, now, revocation);
        save.audit(audit);
        return true;
      });
    },

    async isRefused(attempt, now) {
      return isRefused(attempt, now);
    },

    recordAttempt(attempt, isCorrect, now, refusal) {
      return write(() => {
        if (isRefused(attempt, now)) {
          save.audit(refusal);
          return false;
        }
        const { organizationId, account, networks } = attempt;
        if (isCorrect) {
          const [narrowest] = networks;
          if (narrowest !== undefined && triesFrom(attempt, narrowest) !== undefined) {
            forgetTriesFrom.run(organizationId, account, originOf(narrowest));
          }
          return true;
        }
        for (const [width, network] of networks.entries()) {
          const failed = afterFailure(width, triesFrom(attempt, network), now);
          putTries.run(organizationId, account, originOf(network), ...FAILED_TRIES.put(failed));
        }
        save.audit(refusal);
        return false;
      });
    },

    async forgetTries(organizationId, account) {
      await write(() => forgetTries.run(organizationId, account));
    },

    start(session, passwordHash, audit, known) {
      return write(() => {
        const { organizationId, userId } = session;
        if (hashOf(organizationId, userId) !== passwordHash) return false;
        if (isActive.get(organizationId, userId) === undefined) return false;
        insert.run(...SESSION.put(session));
        removeOldest.run(organizationId, userId, MOST_SESSIONS);
        if (known !== undefined && known.network !== '') {
          putNetwork.run(organizationId, userId, known.network, known.expiresAt);
          removeOldestNetworks.run(organizationId, userId, MOST_NETWORKS);
        }
        save.audit(audit);
        return true;
      });
    },

    async isKnownNetwork({ organizationId, userId }, network, now) {
      return isKnown.get(organizationId, userId, network, now) !== undefined;
    },

    async find(organizationId, id, now) {
      const session = sessionOf(organizationId, id);
      return session !== undefined && isLive(session, now) ? session : undefined;
    },

    async listOf(organizationId, userId, now) {
      return byUser
        .all(organizationId, userId, now, MOST_SESSIONS)
        .map((row) => SESSION.get(row, 0))
        .filter((session) => isLive(session, now));
    },

    rotate(session, latestDigest) {
      const { organizationId, id } = session;
      return write(() => {
        const stored = byId.get(organizationId, id);
        if (stored === undefined || SESSION.get(stored, 0).latestDigest !== latestDigest) return false;
        const change = { table: 'sessions', names: SESSION.select, stored, next: SESSION.put(session) };
        updateChanged(database, change, 'organization_id = ? AND id = ?', [organizationId, id]);
        return true;
      });
    },

    end(organizationId, userId, id, audit) {
      return write(() => {
        const isEnded = remove.run(organizationId, id, userId).changes === 1;
        if (isEnded) save.audit(audit);
        return isEnded;
      });
    },

    endAll(organizationId, userId, audit, revocation) {
      return write(() => {
        const ended = Number(removeOthers.run(organizationId, userId, '').changes);
        endCreated(organizationId, userId, audit.time, revocation);
        if (ended > 0) save.audit(audit);
        return ended;
      });
    },

    putPasswordToken(token, audit) {
      return write(() => {
        putToken.run(...PASSWORD_TOKEN.put(token), audit.actorId);
        save.audit(audit);
      });
    },

    async findPasswordToken(organizationId, digest, now) {
      return passwordToken(organizationId, digest, now);
    },

    removeExpired(now) {
      return write(() => expired.some((statement) => Number(statement.run(now, REMOVED_AT_ONCE).changes) > 0));
    },
  };
}

function isLive({ refreshedAt, expiresAt }: SessionRecord, now: string): boolean {
  return isValidAt(now, { madeAt: refreshedAt, expiresAt });
}

/** The prefix keeps networks apart from the counts of all networks together that earlier versions wrote. */
function originOf(network: string): string {
  return `from ${network}`;
}
