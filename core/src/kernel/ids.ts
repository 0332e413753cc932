import * as z from 'zod';

/** Prefixes tell a person what an id names; nothing parses them. */
export type IdPrefix = 'tkt' | 'msg' | 'tsk' | 'usr' | 'evt' | 'req' | 'org' | 'key' | 'ses' | 'aud';

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
