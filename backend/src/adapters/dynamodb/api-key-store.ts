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
import { type Role, StaleError } from '@curlew/core/kernel';
import { flag, list, mapOf, nullable, number, text } from './attributes.ts';
import { getItem, type Item, type Step, transact } from './calls.ts';
import { putAudit, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { idsAdded, idsOf, idsRemoved } from './id-sets.ts';
import { guardKey, isPossibleId, recordKey } from './keys.ts';
import { replaceAtVersion } from './version-steps.ts';
import { continueAfter, walkIndex } from './walk-index.ts';

// `lastUsedAt` is stored as NULL before the first use, because the condition in `recordUse` needs the attribute.
const API_KEY = mapOf<ApiKey>({
  id: text(),
  name: text(),
  userId: text(),
  scopes: list(),
  start: text(),
  createdAt: text(),
  createdById: text(),
  createdByKeyId: nullable(text()),
  expiresAt: nullable(text()),
  lastUsedAt: nullable(text()),
  version: number,
});

export function dynamoApiKeyStore(db: Dynamo): ApiKeyStore {
  const table = tableOf(db, 'users');

  function recordStep({ record, before }: ApiKeyChange): Step {
    const item = apiKeyItem(record);
    const stale = () => new StaleError();
    // The server generates the ids, so a new id cannot be taken.
    return before === undefined
      ? putNew(table, item, undefined)
      : replaceAtVersion(table, item, 'listed', before.apiKey.version, stale);
  }

  /** Counts the key: each set contains the keys of one user, or with one root, that are not revoked. */
  async function countSteps({ record, before }: ApiKeyChange): Promise<Step[]> {
    const { organizationId, apiKey, rootKeyId } = record;
    const ofUser = guardKey('Y', organizationId, 'C', `user ${apiKey.userId}`);
    const ofRoot = rootKeyId === null ? undefined : guardKey('Y', organizationId, 'C', `key ${rootKeyId}`);
    if (before !== undefined) {
      if (record.revokedAt === null) return [];
      return [ofUser, ...(ofRoot === undefined ? [] : [ofRoot])].map((key) => idsRemoved(table, key, apiKey.id));
    }
    // Keys from before the sets existed are added with the user's next key.
    const isCounted = (await idsOf(db, table, ofUser)) !== undefined;
    const known = isCounted ? [] : (await listOf(organizationId, apiKey.userId)).map(({ id }) => id);
    if (known.length >= KEYS_PER_USER) throw tooManyKeysOfUser();
    return [
      idsAdded(table, ofUser, [...known, apiKey.id], KEYS_PER_USER, tooManyKeysOfUser),
      ...(ofRoot === undefined ? [] : [idsAdded(table, ofRoot, [apiKey.id], KEYS_PER_ROOT, tooManyKeysOfRoot)]),
    ];
  }

  async function listOf(organizationId: string, userId: string): Promise<readonly ApiKey[]> {
    const values = [indexPartition(organizationId, userId)];
    const walk = { table, index: 'by-role', partition: 'r', values, sort: 'c', descending: false };
    return (await walkIndex(db, walk, KEYS_PER_USER, apiKeyOf)).items;
  }

  return {
    async find(organizationId, id) {
      if (!isPossibleId(id)) return undefined;
      const item = await getItem(db, table, recordKey('Y', organizationId, id));
      return item === undefined ? undefined : apiKeyRecord(organizationId, item);
    },

    async save(change) {
      const counts = await countSteps(change);
      const others = [...putAudit(db, change.audit), ...putReceipt(db, change.receipt)];
      await transact(db, [recordStep(change), ...counts, ...others]);
    },

    async listWithRoot(organizationId, rootKeyId) {
      const ids = (await idsOf(db, table, guardKey('Y', organizationId, 'C', `key ${rootKeyId}`))) ?? [];
      const found = await Promise.all(ids.map((id) => getItem(db, table, recordKey('Y', organizationId, id))));
      return found.flatMap((item) => (item === undefined ? [] : [apiKeyRecord(organizationId, item)]));
    },

    async recordUse({ organizationId, id, time, since, audit }) {
      const recorded = new Error('The key does not exist, or this use is already recorded.');
      const step: Step = {
        write: {
          Update: {
            TableName: table,
            Key: { ...recordKey('Y', organizationId, id) },
            UpdateExpression: 'SET #listed.#at = :time',
            ConditionExpression: 'attribute_type(#listed.#at, :null) OR #listed.#at <= :since',
            ExpressionAttributeNames: { '#listed': 'listed', '#at': 'lastUsedAt' },
            ExpressionAttributeValues: { ':time': time, ':since': since, ':null': 'NULL' },
          },
        },
        refused: () => recorded,
      };
      await transact(db, [step, ...putAudit(db, [audit])]).catch((error) => {
        if (error !== recorded) throw error;
      });
    },

    async list(organizationId, { userId, sort, limit, after }) {
      const bounds = continueAfter(after, sort === '-createdAt');
      const [index, partition, value] =
        userId === undefined
          ? ['by-creation', 'o', indexPartition(organizationId)]
          : ['by-role', 'r', indexPartition(organizationId, userId)];
      const walk = { table, index, partition, values: [value], sort: 'c', ...bounds };
      return walkIndex(db, walk, limit, apiKeyOf);
    },
  };
}

/** The partition of API keys in the indexes of users. No organization id contains `#`, and no role is `keys`. */
function indexPartition(organizationId: string, userId?: string): string {
  return `${organizationId}#keys${userId === undefined ? '' : `#${userId}`}`;
}

/** A revoked API key is stored without the index keys: the item stays, but no list contains it. */
export function apiKeyItem(record: ApiKeyRecord): Item {
  const { organizationId, apiKey, digest, revokedAt, operator, createdByRole, rootKeyId, signedIn } = record;
  return {
    ...recordKey('Y', organizationId, apiKey.id),
    listed: API_KEY.put(apiKey),
    digest,
    operator,
    createdByRole,
    rootKeyId,
    signedIn,
    ...(revokedAt === null
      ? {
          o: indexPartition(organizationId),
          r: indexPartition(organizationId, apiKey.userId),
          c: `${apiKey.createdAt}#${apiKey.id}`,
        }
      : { revokedAt }),
  };
}

export function apiKeyOf({ listed }: Item): ApiKey {
  return API_KEY.get(listed);
}

function apiKeyRecord(organizationId: string, item: Item): ApiKeyRecord {
  const apiKey = apiKeyOf(item);
  return {
    organizationId,
    apiKey,
    digest: text().get(item.digest),
    revokedAt: nullable(text()).get(item.revokedAt),
    operator: item.operator === undefined ? isOlderOperatorKey(apiKey) : flag.get(item.operator),
    createdByRole: nullable(text<Role>()).get(item.createdByRole),
    rootKeyId: nullable(text()).get(item.rootKeyId),
    signedIn: item.signedIn === undefined ? false : flag.get(item.signedIn),
  };
}

/** The rule for items from before `operator` was stored: a key of an operator that the operator created. */
function isOlderOperatorKey({ userId, createdById, scopes }: ApiKey): boolean {
  return userId === createdById && scopes.some((right) => right.startsWith('organizations:'));
}
