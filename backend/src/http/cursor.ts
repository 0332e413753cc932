import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { CurlewError, type PageKey } from '@curlew/core/kernel';

/** The keys that sign cursors: the key for new cursors, and all keys whose signatures are accepted. */
export interface KeyRing {
  readonly signs: KeyObject;
  readonly accepts: readonly KeyObject[];
}

/** The source of the keys. Both methods throw `unavailable` if the keys cannot be read. */
export interface CursorKeys {
  /** Returns the cached keys. */
  current(): Promise<KeyRing>;
  /** Reads the keys again: another process may have signed with a key that is not cached here yet. */
  refresh(): Promise<KeyRing>;
}

/** A source with a single key that never changes. */
export function oneKey(secret: Uint8Array): CursorKeys {
  // Created once: Node would create a key object from raw bytes for each signature.
  const key = createSecretKey(secret);
  const ring = { signs: key, accepts: [key] };
  return { current: async () => ring, refresh: async () => ring };
}

/** The start of a page, and the way to make the cursor of the next page. */
export interface Place {
  readonly after?: PageKey;
  /** The cursor of the page that comes after this key. */
  next(key: PageKey): string;
}

/** Cursors are signed page keys that callers send back. A cursor is valid only for the query that it came from. */
export interface Cursors {
  /** Throws `invalid_cursor` for a cursor that this API did not sign or that belongs to another query. */
  place(query: string, cursor: string | undefined): Promise<Place>;
}

export function cursors(keys: CursorKeys): Cursors {
  return {
    async place(query, cursor) {
      let ring = await keys.current();
      if (cursor !== undefined && !isSigned(cursor, query, ring)) {
        ring = await keys.refresh();
        if (!isSigned(cursor, query, ring)) {
          throw new CurlewError(
            'invalid_cursor',
            'The cursor is invalid or belongs to another query; start again without a cursor.',
          );
        }
      }
      const next = (key: PageKey) => sealCursor(key, query, ring.signs);
      return cursor === undefined ? { next } : { next, after: keyIn(cursor) };
    },
  };
}

function sealCursor(key: PageKey, query: string, signs: KeyObject): string {
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${signature(payload, query, signs).toString('base64url')}`;
}

function isSigned(cursor: string, query: string, { accepts }: KeyRing): boolean {
  const [payload = '', text = '', ...rest] = cursor.split('.');
  const given = Buffer.from(text, 'base64url');
  return accepts.some((key) => {
    const expected = signature(payload, query, key);
    return rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function signature(payload: string, query: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(`${payload}\n${query}`).digest().subarray(0, 16);
}

function keyIn(cursor: string): PageKey {
  return JSON.parse(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString('utf8'));
}
