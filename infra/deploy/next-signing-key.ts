import { randomBytes } from 'node:crypto';
import {
  putSigningKeys,
  readSigningKeys,
  type secretsClient,
} from '../../backend/src/adapters/secrets-manager/index.ts';

/** What was done: the first key, one beside the key before, one instead of all before, or nothing. */
export type Rotation = 'first' | 'rotated' | 'replaced' | 'kept';

/** Says in one sentence for the operator why there is no new key. */
export class RotationRefused extends Error {}

const DAY_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Puts a new key into the secret. Cursors of the key before stay good; those of the key before that are refused from
 * then on, which is why two rotations are a day apart. `onlyFirst` leaves a secret that has keys as it is; `leaked`
 * drops all keys before.
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
      `The last rotation was less than a day ago (${new Date(stored.since).toISOString()}): one more would refuse cursors that are on their way. --leaked does it nevertheless.`,
    );
  }
  const made = randomBytes(32);
  await putSigningKeys(client, secret, newest === undefined || leaked ? [made] : [made, newest]);
  if (newest === undefined) return 'first';
  return leaked ? 'replaced' : 'rotated';
}
