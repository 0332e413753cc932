import { CurlewError, StaleError } from '@curlew/core/kernel';
import { comparableAddress, type User, type UserChange, type UserRecord, type UserStore } from '@curlew/core/user';
import { changeWriters } from './change-writers.ts';
import { type Column, columnsOf, flag, insertSql, integer, nullable, type Row, selectSql, text } from './columns.ts';
import type { Database } from './database.ts';
import { creationPage } from './pages.ts';
import { updateChanged } from './update-changed.ts';

const USER = columnsOf<User>({
  id: text('id'),
  name: text('name'),
  email: nullable(emailColumns()),
  role: text('role'),
  active: flag('active'),
  createdAt: text('created_at'),
  updatedAt: text('updated_at'),
  version: integer('version'),
});

export const USER_RECORD = columnsOf<UserRecord>({
  organizationId: text('organization_id'),
  user: USER,
  operator: flag('operator'),
  deletedAt: nullable(text('deleted_at')),
});

/** The address as the user wrote it, and a normalised form that is unique. */
function emailColumns(): Column<string> {
  const email = text('email');
  return {
    select: ['email', 'address'],
    types: [...email.types, ...email.types],
    put: (address) => [address, comparableAddress(address)],
    get: email.get,
  };
}

const BY_ID = `${selectSql('users', USER_RECORD.select)} WHERE organization_id = ? AND id = ?`;
const BY_ADDRESS = `${selectSql('users', USER_RECORD.select)} WHERE organization_id = ? AND address = ?`;

export function sqliteUserStore(database: Database): UserStore {
  const byId = database.prepareSelect(BY_ID);
  const byAddress = database.prepareSelect(BY_ADDRESS);
  const write = userWriter(database);

  return {
    async find(organizationId, id) {
      const row = byId.get(organizationId, id);
      return row === undefined ? undefined : USER_RECORD.get(row, 0);
    },

    async findByEmail(organizationId, email) {
      const row = byAddress.get(organizationId, comparableAddress(email));
      return row === undefined ? undefined : USER_RECORD.get(row, 0);
    },

    async save(change) {
      await database.write(() => write(change));
      // The log still holds the erased name and address. If another process reads it, the next removal of expired rows
      // empties it.
      if (change.record.deletedAt !== null) await database.emptyLog();
    },

    async list(organizationId, query) {
      const conditions = ['organization_id = ?', 'deleted_at IS NULL'];
      const values = [organizationId];
      if (query.email !== undefined) {
        conditions.push('address = ?');
        values.push(comparableAddress(query.email));
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
      const from = `users INDEXED BY ${index}`;
      return creationPage(database, { reader: USER, from, where: conditions.join(' AND '), values }, query);
    },
  };
}

/** Returns a function that saves a user. Call it inside a write. */
export function userWriter(database: Database): (change: UserChange) => void {
  const names = USER_RECORD.select;
  const byId = database.prepareSelect(BY_ID);
  const byAddress = database.prepareSelect(BY_ADDRESS);
  const insert = database.prepare(insertSql('users', names));
  const save = changeWriters(database);
  const versionOf = (row: Row | undefined) => (row === undefined ? undefined : USER_RECORD.get(row, 0).user.version);

  return ({ record, before, decider, event, audit = [], receipt }) => {
    const { organizationId, user } = record;
    const stored = byId.get(organizationId, user.id);
    if (before === undefined && stored !== undefined) {
      throw new CurlewError('user_exists', `Another user has or had the id ${user.id}; choose another id.`);
    }
    if (before !== undefined && versionOf(stored) !== before.user.version) throw new StaleError();
    if (decider !== undefined && versionOf(byId.get(organizationId, decider.user.id)) !== decider.user.version) {
      throw new StaleError();
    }
    if (user.email !== null) {
      const owner = byAddress.get(organizationId, comparableAddress(user.email));
      if (owner !== undefined && USER_RECORD.get(owner, 0).user.id !== user.id) {
        throw new CurlewError('email_taken', 'Another user of the organization has this address.');
      }
    }
    if (event !== undefined) {
      save.event(event);
      const next = USER_RECORD.put(record);
      const key = [organizationId, user.id];
      if (stored === undefined) insert.run(...next);
      else updateChanged(database, { table: 'users', names, stored, next }, 'organization_id = ? AND id = ?', key);
    }
    for (const entry of audit) save.audit(entry);
    save.receipt(receipt);
  };
}
