import { randomBytes } from 'node:crypto';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { storedSecret } from '../../adapters/dynamodb/foundation.ts';
import type { Platform } from '../../http/app.ts';
import { type CursorKeys, oneKey } from '../../http/cursor.ts';
import type { TableName } from '../../services/tables.ts';
import type { HttpConfig } from './config.ts';

/**
 * The key in the table that `lists` names, or those of the secret where there is one. Who serves no lists needs none.
 * What reads the secret is loaded with the first list: most deployments have no secret, and intake does without lists.
 */
export async function cursorKeys(
  db: Dynamo,
  { signingSecret }: HttpConfig,
  lists: TableName | undefined,
  log: Platform['log'],
): Promise<CursorKeys> {
  if (lists === undefined) return oneKey(randomBytes(32));
  if (signingSecret === undefined) return oneKey(await storedSecret(db, lists));
  let loaded: Promise<CursorKeys> | undefined;

  async function load(secret: string): Promise<CursorKeys> {
    const { keysInSecret } = await import('./keys-in-secret.ts');
    return keysInSecret(secret, log);
  }

  function keys(): Promise<CursorKeys> {
    loaded ??= load(signingSecret as string);
    return loaded;
  }

  return { known: async () => (await keys()).known(), lookedUp: async () => (await keys()).lookedUp() };
}
