import { readSigningKeys, type SecretsConfig, secretsClient } from '../../adapters/secrets-manager/index.ts';
import type { Platform } from '../../http/app.ts';
import type { CursorKeys } from '../../http/cursor.ts';
import { rotatedKeys } from './rotated-keys.ts';

/** The keys that sign cursors, from a secret of Secrets Manager. */
export function keysInSecret(secret: string, log: Platform['log'], config: SecretsConfig = {}): CursorKeys {
  const client = secretsClient(config);

  async function read() {
    const stored = await readSigningKeys(client, secret);
    if (stored === undefined)
      throw new Error(
        `The secret ${secret} has no value yet; create one with npm run curlew -- keys rotate-signing-key.`,
      );
    return stored;
  }

  return rotatedKeys(read, Date.now, (error) =>
    log({ level: 'error', message: 'the keys of cursors cannot be read', requestId: '', error: String(error) }),
  );
}
