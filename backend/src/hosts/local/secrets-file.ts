import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import * as z from 'zod';
import { liveKeys, newStoredKey, type SigningKey, signingKey } from '../../adapters/jose/index.ts';

/** The server's secrets: the keys that sign access tokens. */
const Secrets = z.object({
  signingKeys: z.array(z.object({ createdAt: z.string(), jwk: z.looseObject({ kty: z.string() }) })).min(1),
});
type Secrets = z.infer<typeof Secrets>;

/** An error whose message tells the operator in one sentence why the secrets cannot be used. */
export class SecretsError extends Error {}

const CHECK_MILLISECONDS = 1000;

/**
 * Reads the signing keys in `file`, and creates the file if it is missing. The returned function notices a changed file
 * within a second. If the changed file cannot be read, `onFailure` gets the error and the keys stay the same. Throws
 * `SecretsError`.
 */
export async function signingKeysIn(
  file: string,
  now: string,
  onFailure: (error: unknown) => void,
): Promise<() => readonly SigningKey[]> {
  if (!existsSync(file)) await addSigningKey(file, now);
  let lastStamp = stampOf(file);
  let keys = readKeys(file);
  let lastCheck = performance.now();

  function readIfChanged(): void {
    lastCheck = performance.now();
    try {
      const stamp = stampOf(file);
      if (stamp === lastStamp) return;
      lastStamp = stamp;
      keys = readKeys(file);
    } catch (error) {
      // Reports a failure once for each change of the file, not with every request.
      if (lastStamp !== '') onFailure(error);
      lastStamp = '';
    }
  }

  return () => {
    if (performance.now() - lastCheck > CHECK_MILLISECONDS) readIfChanged();
    return keys;
  };
}

/** Adds a key, which signs from now on, and removes the keys that are no longer accepted. Throws `SecretsError`. */
export async function addSigningKey(file: string, now: string): Promise<void> {
  const stored = existsSync(file) ? readSecrets(file) : { signingKeys: [] };
  const kept = liveKeys(stored.signingKeys, Date.parse(now));
  writeWhole(file, { signingKeys: [await newStoredKey(now), ...kept] });
}

function readKeys(file: string): SigningKey[] {
  try {
    return readSecrets(file).signingKeys.map(signingKey);
  } catch (error) {
    if (error instanceof SecretsError) throw error;
    throw damaged(file, error);
  }
}

function readSecrets(file: string): Secrets {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new SecretsError(`Other users of this machine can read ${file}, which holds secrets; run chmod 600 ${file}.`);
  }
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: string, cause: unknown): SecretsError {
  return new SecretsError(`${file} is damaged; restore or remove it. Removing it signs no user out.`, { cause });
}

/** Replaces the file atomically: a reader sees the old or the new file, also after a power cut. */
function writeWhole(file: string, secrets: unknown): void {
  const temporary = `${file}.${process.pid}.new`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    writeSync(descriptor, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function stampOf(file: string): string {
  const { mtimeMs, ino, size } = statSync(file);
  return `${mtimeMs} ${ino} ${size}`;
}
