import { randomBytes } from 'node:crypto';
import {
  putSigningKeys,
  readSigningKeys,
  type secretsClient,
} from '../../backend/src/adapters/secrets-manager/index.ts';

/** The result of a rotation: the first key, a key besides the previous key, a key that replaces all, or no change. */
export type Rotation = 'first' | 'rotated' | 'replaced' | 'kept';

/** Thrown if a new key would invalidate cursors in use. The message is one sentence for the operator. */
export class RotationRefused extends Error {}

const DAY_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Adds a new key to the secret. Cursors of the previous key stay valid; cursors of older keys become invalid, so two
 * rotations must be a day apart. `onlyFirst` keeps a secret that has keys unchanged. `leaked` drops all existing keys.
 */
export async function nextSigningKey(
  client: ReturnType<typeof secretsClient>,
  secret: string,
  { onlyFirst = false, leaked = false }: { onlyFirst?: boolean; leaked?: boolean } = {},
): Promise<Rotation> {
  const stored = await readSigningKeys(client, secret);
  if (stored !== undefined && onlyFirst) return 'kept';
  const [newest, before] = stored?.keys ?? [];
  if (stored !== undefined && before !== undefined && !leaked && Date.now() - stored.since < DAY_MILLISECONDS) {
    throw new RotationRefused(
      `The last rotation was less than a day ago (${new Date(stored.since).toISOString()}): another rotation would invalidate cursors in use. --leaked rotates anyway.`,
    );
  }
  const made = randomBytes(32);
  await putSigningKeys(client, secret, newest === undefined || leaked ? [made] : [made, newest]);
  if (newest === undefined) return 'first';
  return leaked ? 'replaced' : 'rotated';
}
