import * as z from 'zod';

/**
 * The prefixes of ids, by what an id with it names. They are for people; nothing parses them. Each service adds its own
 * to this interface.
 */
export interface IdPrefixes {
  evt: 'event';
  req: 'request';
}
export type IdPrefix = keyof IdPrefixes;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A time-sortable id: 48 bits of Unix milliseconds and 80 bits of entropy in Crockford's base 32, as in the
 * ULID specification, in lower case behind a prefix. `entropy` holds 16 numbers from 0 to 31.
 */
export function formatId(prefix: IdPrefix, milliseconds: number, entropy: ArrayLike<number>): string {
  let tail = '';
  for (let i = 0; i < 16; i++) tail += ALPHABET.charAt(entropy[i] ?? 0);
  return `${prefix}_${timeOf(milliseconds)}${tail}`;
}

function timeOf(milliseconds: number): string {
  let time = '';
  for (let rest = milliseconds, i = 0; i < 10; i++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return time;
}

/** A user's id: ours, or one that the caller brought. */
export const UserId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@|+~=-]{0,127}$/);
