import { CurlewError, StaleError } from '@curlew/core/kernel';
import { sameAddress, User, type UserChange, type UserRecord, type UserStore } from '@curlew/core/user';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { saving } from './saving.ts';

const BY_ID = 'SELECT * FROM users WHERE organization_id = ? AND id = ?';
const BY_ADDRESS = 'SELECT * FROM users WHERE organization_id = ? AND address = ?';

export function sqliteUserStore(database: Database): UserStore {
  const { prepare } = database;
  const byId = prepare(BY_ID);
  const byAddress = prepare(BY_ADDRESS);
  const write = userWriter(database);

  return {
    async find(organizationId, id) {
      const row = byId.get(organizationId, id);
      return row === undefined ? undefined : userRecord(row);
    },

    async findByEmail(organizationId, email) {
      const row = byAddress.get(organizationId, sameAddress(email));
      return row === undefined ? undefined : userRecord(row);
    },

    save(change) {
      return database.write(() => write(change));
    },

    async list(organizationId, query) {
      const conditions = ['organization_id = ?', 'deleted_at IS NULL'];
      const values = [organizationId];
      if (query.email !== undefined) {
        conditions.push('address = ?');
        values.push(sameAddress(query.email));
      }
      if (query.role !== undefined) {
        conditions.push('role = ?');
        values.push(query.role);
      }
      const index =
        query.email !== undefined
          ? 'users_by_address'
          : query.role !== undefined
            ? 'users_by_role'
            : 'users_by_creation';
      const select = `SELECT * FROM users INDEXED BY ${index}`;
      return creationPage(database, { select, where: conditions.join(' AND '), values }, query, toUser);
    },
  };
}

/** What saves a user, to be called inside a write. */
export function userWriter(database: Database): (change: UserChange) => void {
  const { prepare } = database;
  const byId = prepare(BY_ID);
  const byAddress = prepare(BY_ADDRESS);
  const insert = prepare(
    `INSERT INTO users (name, email, address, role, active, created_at, updated_at, deleted_at, version, organization_id, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = prepare(
    `UPDATE users SET name = ?, email = ?, address = ?, role = ?, active = ?, created_at = ?, updated_at = ?, deleted_at = ?,
       version = ? WHERE organization_id = ? AND id = ?`,
  );
  const save = saving(database);

  return ({ record, before, decider, event, audit = [], receipt }) => {
    const { organizationId, user, deletedAt } = record;
    const stored = byId.get(organizationId, user.id);
    if (before === undefined && stored !== undefined) {
      throw new CurlewError('user_exists', `There is or was a user ${user.id}.`);
    }
    if (before !== undefined && stored?.version !== before.user.version) throw new StaleError();
    if (decider !== undefined && byId.get(organizationId, decider.user.id)?.version !== decider.user.version) {
      throw new StaleError();
    }
    const address = user.email === null ? null : sameAddress(user.email);
    if (address !== null) {
      const owner = byAddress.get(organizationId, address)?.id;
      if (owner !== undefined && owner !== user.id) {
        throw new CurlewError('email_taken', 'Another user of the organization has this address.');
      }
    }
    if (event !== undefined) {
      save.event(event);
      (stored === undefined ? insert : update).run(
        user.name,
        user.email,
        address,
        user.role,
        user.active ? 1 : 0,
        user.createdAt,
        user.updatedAt,
        deletedAt,
        user.version,
        organizationId,
        user.id,
      );
    }
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  };
}

function userRecord(row: Record<string, unknown>): UserRecord {
  return {
    organizationId: row.organization_id as string,
    user: toUser(row),
    operator: row.operator === 1,
    deletedAt: row.deleted_at as string | null,
  };
}

function toUser(row: Record<string, unknown>): User {
  return User.parse({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    active: row.active === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  });
}
