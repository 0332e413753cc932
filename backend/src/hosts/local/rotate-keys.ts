import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from './config.ts';
import { addSigningKey, SecretsError } from './secrets-file.ts';

/** Adds a signing key to the data folder. Resolves with the exit code. */
export async function rotateKeys(): Promise<number> {
  const file = join(resolve(readConfig().dataDir), 'secrets.json');
  try {
    if (!existsSync(file))
      throw new SecretsError(`There is no ${file}; start the server once, or set CURLEW_DATA_DIR.`);
    await addSigningKey(file, new Date().toISOString());
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    console.error(error.message);
    return 1;
  }
  console.log('A new key signs access tokens from now on; tokens of the previous key stay valid for 24 hours.');
  return 0;
}
