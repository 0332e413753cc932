import { createHmac } from 'node:crypto';
import { CurlewError, StaleError } from '@curlew/core/kernel';
import { comparableAddress, type User, type UserChange, type UserRecord, type UserStore } from '@curlew/core/user';
import { flag, mapOf, nullable, number, text } from './attributes.ts';
import { getItem, type Item, type Step, transact } from './calls.ts';
import { putAudit, putEvent, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { guardKey, isPossibleId, partitionOf, recordKey } from './keys.ts';
import { checkVersion, replaceAtVersion } from './version-steps.ts';
import { continueAfter, walkIndex } from './walk-index.ts';

const USER = mapOf<User>({
  id: text(),
  name: text(),
  email: nullable(text()),
  role: text(),
  active: flag,
  createdAt: text(),
  updatedAt: text(),
  version: number,
});

/** `addressKey` keys the HMAC of the reserved addresses, so that the table alone does not reveal them. */
export function dynamoUserStore(db: Dynamo, addressKey: Uint8Array): UserStore {
  const table = tableOf(db, 'users');
  const stepsOf = userSteps(db, addressKey);
  const { find } = dynamoUserLookup(db);

  async function findByEmail(organizationId: string, email: string): Promise<UserRecord | undefined> {
    const guard = await getItem(db, table, addressGuard(addressKey, organizationId, email));
    const found = guard === undefined ? undefined : await find(organizationId, text().get(guard.id));
    // Between the two reads, the user may have been deleted or may have changed the address.
    const { email: own = null } = found?.user ?? {};
    return own !== null && comparableAddress(own) === comparableAddress(email) ? found : undefined;
  }

  return {
    find,
    findByEmail,

    save(change) {
      return transact(db, [...stepsOf(change), ...putReceipt(db, change.receipt)]);
    },

    async list(organizationId, { email, role, sort, limit, after }) {
      if (email !== undefined) {
        const found = after === undefined ? await findByEmail(organizationId, email) : undefined;
        const listed = found !== undefined && found.deletedAt === null && (role ?? found.user.role) === found.user.role;
        return { items: listed ? [found.user] : [] };
      }
      const bounds = continueAfter(after, sort === '-createdAt');
      const [index, partition, value] =
        role === undefined ? ['by-creation', 'o', organizationId] : ['by-role', 'r', `${organizationId}#${role}`];
      const walk = { table, index, partition, values: [value], sort: 'c', ...bounds };
      return walkIndex(db, walk, limit, userOf);
    },
  };
}

/** The user lookup alone, for services that only authenticate requests. */
export function dynamoUserLookup(db: Dynamo): Pick<UserStore, 'find'> {
  const table = tableOf(db, 'users');
  return {
    async find(organizationId, id) {
      if (!isPossibleId(id)) return undefined;
      const item = await getItem(db, table, recordKey('U', organizationId, id));
      return item === undefined ? undefined : userRecord(organizationId, item);
    },
  };
}

/** Returns a function that gives the transaction's writes for a user change and its event. See `dynamoUserStore`. */
export function userSteps(db: Dynamo, addressKey: Uint8Array): (change: UserChange) => Step[] {
  const table = tableOf(db, 'users');

  function addressSteps({ record: { organizationId, user }, before }: UserChange): Step[] {
    const [from, to] = [before?.user.email ?? null, user.email];
    if (from !== null && to !== null && comparableAddress(from) === comparableAddress(to)) return [];
    const taken = () => new CurlewError('email_taken', 'Another user of the organization has this address.');
    return [
      ...(to === null ? [] : [putNew(table, { ...addressGuard(addressKey, organizationId, to), id: user.id }, taken)]),
      ...(from === null
        ? []
        : [{ write: { Delete: { TableName: table, Key: { ...addressGuard(addressKey, organizationId, from) } } } }]),
    ];
  }

  function recordStep({ record, before, event }: UserChange): Step {
    const item = userItem(record);
    if (before === undefined) {
      return putNew(
        table,
        item,
        () => new CurlewError('user_exists', `Another user has or had the id ${record.user.id}; choose another id.`),
      );
    }
    const stale = () => new StaleError();
    if (event === undefined) return checkVersion(table, item, 'user', before.user.version, stale);
    return replaceAtVersion(table, item, 'user', before.user.version, stale);
  }

  function deciderSteps({ decider }: UserChange): Step[] {
    if (decider === undefined) return [];
    return [checkVersion(table, userItem(decider), 'user', decider.user.version, () => new StaleError())];
  }

  return (change) => {
    const { organizationId, user } = change.record;
    return [
      recordStep(change),
      ...deciderSteps(change),
      ...addressSteps(change),
      ...(change.event === undefined ? [] : [putEvent(table, partitionOf('U', organizationId, user.id), change.event)]),
      ...putAudit(db, change.audit),
    ];
  };
}

function addressGuard(addressKey: Uint8Array, organizationId: string, email: string): Item {
  const digest = createHmac('sha256', addressKey).update(comparableAddress(email)).digest('base64url');
  return guardKey('U', organizationId, 'M', digest);
}

/** A deleted user is stored without the index keys: the id stays taken, but no list contains the user. */
export function userItem({ organizationId, user, operator, deletedAt }: UserRecord): Item {
  return {
    ...recordKey('U', organizationId, user.id),
    user: USER.put(user),
    ...(operator ? { operator } : {}),
    ...(deletedAt === null
      ? { o: organizationId, r: `${organizationId}#${user.role}`, c: `${user.createdAt}#${user.id}` }
      : { deletedAt }),
  };
}

export function userOf({ user }: Item): User {
  return USER.get(user);
}

function userRecord(organizationId: string, item: Item): UserRecord {
  return {
    organizationId,
    user: userOf(item),
    operator: item.operator === true,
    deletedAt: nullable(text()).get(item.deletedAt),
  };
}
