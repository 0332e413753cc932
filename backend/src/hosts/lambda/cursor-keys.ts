import { randomBytes } from 'node:crypto';
import type { Dynamo } from '../../adapters/dynamodb/client.ts';
import { storedSecret } from '../../adapters/dynamodb/foundation.ts';
import type { Platform } from '../../http/app.ts';
import { type CursorKeys, oneKey } from '../../http/cursor.ts';
import type { TableName } from '../../services/tables.ts';
import type { HttpConfig } from './config.ts';

/**
 * The keys that sign cursors: the keys in the secret if the deployment has one, otherwise the key in the table `lists`.
 * A function without lists needs no key, so it gets a random one. The code that reads the secret is loaded with the
 * first list, because most deployments have no secret and opening a ticket needs no list.
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

  return { current: async () => (await keys()).current(), refresh: async () => (await keys()).refresh() };
}
