import type { ApiKey, ApiKeyChange, ApiKeyRecord, ApiKeyStore } from '@curlew/core/api-key';
import { StaleError } from '@curlew/core/kernel';
import { list, mapOf, nullable, number, text } from './attributes.ts';
import { getItem, type Item, type Step, transact } from './calls.ts';
import { putAudit, putNew, putReceipt } from './change-steps.ts';
import { type Dynamo, tableOf } from './client.ts';
import { isPossibleId, recordKey } from './keys.ts';
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

  return {
    async find(organizationId, id) {
      if (!isPossibleId(id)) return undefined;
      const item = await getItem(db, table, recordKey('Y', organizationId, id));
      return item === undefined ? undefined : apiKeyRecord(organizationId, item);
    },

    save(change) {
      return transact(db, [recordStep(change), ...putAudit(db, change.audit), ...putReceipt(db, change.receipt)]);
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
export function apiKeyItem({ organizationId, apiKey, digest, revokedAt }: ApiKeyRecord): Item {
  return {
    ...recordKey('Y', organizationId, apiKey.id),
    listed: API_KEY.put(apiKey),
    digest,
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
  return {
    organizationId,
    apiKey: apiKeyOf(item),
    digest: text().get(item.digest),
    revokedAt: nullable(text()).get(item.revokedAt),
  };
}
