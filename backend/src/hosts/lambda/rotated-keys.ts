import { createSecretKey, type KeyObject } from 'node:crypto';
import { CurlewError } from '@curlew/core/kernel';
import type { StoredKeys } from '../../adapters/secrets-manager/index.ts';
import type { CursorKeys, KeyRing } from '../../http/cursor.ts';

export const KNOWN_MILLISECONDS = 5 * 60_000;
const LOOK_AGAIN_MILLISECONDS = 10_000;
/**
 * A key begins to sign when whoever would refuse its cursors has looked since it was there: they look again at the
 * latest after `LOOK_AGAIN_MILLISECONDS`. The rest is for clocks that differ, and for the time that AWS takes to spread
 * a new value.
 */
const SIGNS_AFTER_MILLISECONDS = 30_000;

/**
 * Keys that are replaced while functions run. The newest key signs, and the previous key is still accepted. Keys are
 * read at first use and every five minutes, and also for a cursor that no known key signed, at most once in ten
 * seconds. If a read fails, the known keys stay in use. A cursor that no known key signed is then `unavailable`,
 * because it may be valid.
 */
export function rotatedKeys(
  read: () => Promise<StoredKeys>,
  now: () => number,
  onFailure: (error: unknown) => void,
): CursorKeys {
  let known: { keys: readonly KeyObject[]; since: number } | undefined;
  // When the last look began, and the last one that succeeded: what they saw is at most as old.
  let looked = Number.NEGATIVE_INFINITY;
  let saw = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let looking: Promise<void> | undefined;

  /** One look at a time, for all who wait for it. */
  function look(): Promise<void> {
    if (looking === undefined) {
      if (known !== undefined && now() - looked < LOOK_AGAIN_MILLISECONDS) return Promise.resolve();
      looking = lookNow().finally(() => {
        looking = undefined;
      });
    }
    return looking;
  }

  async function lookNow(): Promise<void> {
    const began = now();
    looked = began;
    try {
      const { keys, since } = await read();
      known = { keys: keys.slice(0, 2).map((key) => createSecretKey(key)), since };
      saw = began;
    } catch (error) {
      failure = error;
      onFailure(error);
    }
  }

  function ring(): KeyRing {
    const [newest, before] = known?.keys ?? [];
    if (known === undefined || newest === undefined) throw unavailable(failure);
    const isNew = now() - known.since < SIGNS_AFTER_MILLISECONDS;
    return { signs: isNew ? (before ?? newest) : newest, accepts: known.keys };
  }

  return {
    async known() {
      if (now() - saw >= KNOWN_MILLISECONDS) await look();
      return ring();
    },
    async lookedUp() {
      if (now() - saw >= LOOK_AGAIN_MILLISECONDS) await look();
      if (now() - saw >= LOOK_AGAIN_MILLISECONDS) throw unavailable(failure);
      return ring();
    },
  };
}

function unavailable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'The keys of cursors cannot be read at the moment; try again.', { cause });
}
