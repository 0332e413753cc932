import { createSecretKey, randomBytes } from 'node:crypto';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { storedSecret } from '../../adapters/dynamodb/foundation.ts';
import type { FingerprintKey } from '../../http/idempotency.ts';
import type { TableName } from '../../services/tables.ts';

/**
 * The key of fingerprints, from the table `lists`. It is read with the first request that has an `Idempotency-Key`. A
 * function without lists has no routes that accept one, so it gets a random key.
 */
export function fingerprintKey(db: Dynamo, lists: TableName | undefined): FingerprintKey {
  let loaded: ReturnType<FingerprintKey> | undefined;

  async function load() {
    return createSecretKey(lists === undefined ? randomBytes(32) : await storedSecret(db, lists));
  }

  return () => {
    loaded ??= load().catch((error) => {
      // The next request tries again.
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}
