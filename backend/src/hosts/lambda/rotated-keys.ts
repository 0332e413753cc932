import { createSecretKey, type KeyObject } from 'node:crypto';
import { CurlewError } from '@curlew/core/kernel';
import type { StoredKeys } from '../../adapters/secrets-manager/index.ts';
import type { CursorKeys, KeyRing } from '../../http/cursor.ts';

export const CACHE_MILLISECONDS = 5 * 60_000;
const REREAD_MILLISECONDS = 10_000;
/**
 * A new key starts to sign only after this time, so that other functions do not reject its cursors. A function that
 * gets a cursor with an unknown key reads the secret again, unless it did so within `REREAD_MILLISECONDS`. The rest
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
 * read at first use and every five minutes, and also for a cursor that no cached key signed, at most once in ten
 * seconds. If a read fails, the cached keys stay in use until a day after they were read; then lists are `unavailable`.
 * While reads fail, a cursor that no cached key signed is `unavailable` too, because it may be valid.
 */
export function rotatedKeys(
  read: () => Promise<StoredKeys>,
  now: () => number,
  onFailure: (error: unknown) => void,
): CursorKeys {
  let cached: { keys: readonly KeyObject[]; since: number } | undefined;
  // Both are the start time of a read.
  let lastRead = Number.NEGATIVE_INFINITY;
  let lastSuccess = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let reading: Promise<void> | undefined;

  /** Reads the keys again. Concurrent callers share one read. */
  function readAgain(): Promise<void> {
    if (reading === undefined) {
      if (cached !== undefined && now() - lastRead < REREAD_MILLISECONDS) return Promise.resolve();
      reading = readNow().finally(() => {
        reading = undefined;
      });
    }
    return reading;
  }

  async function readNow(): Promise<void> {
    const began = now();
    lastRead = began;
    try {
      const { keys, since } = await read();
      cached = { keys: keys.slice(0, 2).map((key) => createSecretKey(key)), since };
      lastSuccess = began;
    } catch (error) {
      failure = error;
      onFailure(error);
    }
  }

  function ring(): KeyRing {
    const [newest, before] = cached?.keys ?? [];
    const isUsable = now() - lastSuccess < USABLE_MILLISECONDS;
    if (cached === undefined || newest === undefined || !isUsable) throw unavailable(failure);
    const isNew = now() - cached.since < SIGNS_AFTER_MILLISECONDS;
    return { signs: isNew ? (before ?? newest) : newest, accepts: cached.keys };
  }

  return {
    async current() {
      if (now() - lastSuccess >= CACHE_MILLISECONDS) await readAgain();
      return ring();
    },
    async refresh() {
      if (now() - lastSuccess >= REREAD_MILLISECONDS) await readAgain();
      if (now() - lastSuccess >= REREAD_MILLISECONDS) throw unavailable(failure);
      return ring();
    },
  };
}

function unavailable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'The keys that sign cursors cannot be read at the moment; try again.', {
    cause,
  });
}
