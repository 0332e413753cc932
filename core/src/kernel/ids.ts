import * as z from 'zod';

/**
 * The prefixes of ids, with the kind of resource that each stands for. They help people to read ids; no code parses
 * them. Each service adds its own prefixes to this interface.
 * @public An augmentation needs the export.
 */
export interface IdPrefixes {
  evt: 'event';
  req: 'request';
}
export type IdPrefix = keyof IdPrefixes;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Formats an id that sorts by time: a prefix, then 48 bits of Unix milliseconds and 80 bits of entropy in Crockford's
 * base 32 and lower case, as in the ULID specification. `entropy` contains 16 numbers from 0 to 31.
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

/** The id of a user: generated here, or chosen by the caller. */
export const UserId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@|+~=-]{0,127}$/);
