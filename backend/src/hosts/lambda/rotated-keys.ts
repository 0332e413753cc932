import { createSecretKey, type KeyObject } from 'node:crypto';
import { CurlewError } from '@curlew/core/kernel';
import type { StoredKeys } from '../../adapters/secrets-manager/index.ts';
import type { CursorKeys, KeyRing } from '../../http/cursor.ts';

export const KNOWN_MILLISECONDS = 5 * 60_000;
const LOOK_AGAIN_MILLISECONDS = 10_000;
/**
 * A new key starts to sign only after this time, so that other functions do not reject its cursors. A function that
 * gets a cursor with an unknown key reads the secret again, unless it did so within `LOOK_AGAIN_MILLISECONDS`. The rest
 * of the time allows for clocks that differ, and for the time that AWS needs to distribute a new value.
 */
const SIGNS_AFTER_MILLISECONDS = 30_000;
/**
 * Keys that were read longer ago are not used. Rotations are at least a day apart and keep the previous key, so a key
 * that was the newest one less than a day ago is still accepted by every function; an older one may be dropped.
 */
const USABLE_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Keys that are replaced while functions run. The newest key signs, and the previous key is still accepted. Keys are
 * read at first use and every five minutes, and also for a cursor that no known key signed, at most once in ten
 * seconds. If a read fails, the known keys stay in use for a day since they were read, then lists are `unavailable`.
 * A cursor that no known key signed is `unavailable` too while reads fail, because it may be valid.
 */
export function rotatedKeys(
  read: () => Promise<StoredKeys>,
  now: () => number,
  onFailure: (error: unknown) => void,
): CursorKeys {
  let known: { keys: readonly KeyObject[]; since: number } | undefined;
  // The start times of the last read and of the last successful read. `known` is as recent as `saw`.
  let looked = Number.NEGATIVE_INFINITY;
  let saw = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let looking: Promise<void> | undefined;

  /** Reads the keys again. Concurrent callers share one read. */
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
    const isUsable = now() - saw < USABLE_MILLISECONDS;
    if (known === undefined || newest === undefined || !isUsable) throw unavailable(failure);
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
  return new CurlewError('unavailable', 'The keys that sign cursors cannot be read at the moment; try again.', {
    cause,
  });
}
