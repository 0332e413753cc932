import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { CurlewError, type PageKey } from '@curlew/core/kernel';

/** Page keys as callers carry them: signed, and good only for the query that they came from. */
export interface Cursors {
  seal(key: PageKey, query: string): string;
  /** Throws `invalid_cursor` for a cursor that is not ours or belongs to another query. */
  open(cursor: string, query: string): PageKey;
}

export function cursors(secret: Uint8Array): Cursors {
  // Made ready once; from raw bytes it would be made anew for each signature.
  const signingKey = createSecretKey(secret);
  const sign = (payload: string, query: string) =>
    createHmac('sha256', signingKey).update(`${payload}\n${query}`).digest().subarray(0, 16);
  return {
    seal(key, query) {
      const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
      return `${payload}.${sign(payload, query).toString('base64url')}`;
    },
    open(cursor, query) {
      const [payload = '', signature = '', ...rest] = cursor.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(payload, query);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new CurlewError(
          'invalid_cursor',
          'The cursor is not one of ours, or belongs to another query; start again without one.',
        );
      }
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    },
  };
}
