import * as z from 'zod';

// The forms that date libraries print: with `T` or a space, without seconds, with up to nine decimals after a point or
// a comma, with an offset as +01:00, +0100 or +01, and with a zone's name after the offset (RFC 9557, Ruby, Go). In a
// query a `+` that is not encoded arrives as a space.
const FORM =
  /^(?<day>\d{4}-\d\d-\d\d)[Tt ](?<minute>\d\d:\d\d)(?::(?<second>\d\d)(?:[.,](?<decimals>\d{1,9}))?)? ?(?:(?:Z|UTC|GMT)(?:\[[\w/+-]{1,64}\])?|(?<sign>[+\- ])(?<hours>\d\d)(?::?(?<minutes>\d\d))?(?:\[[\w/+-]{1,64}\]| [A-Z]{1,5})?)$/i;
// The form of an e-mail and HTTP header, which clients send when they print a date by default.
const HEADER_FORM = /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const LENGTH_IN_UTC = 24;

interface Written {
  /** The instant in UTC with milliseconds; further decimals are cut off. */
  readonly utc: string;
  /** The number of decimals of the seconds, at most three. */
  readonly decimals: number;
}

function read(text: string): Written | undefined {
  const header = HEADER_FORM.exec(text)?.groups;
  if (header !== undefined) {
    const month = MONTHS.indexOf(header.month ?? '') + 1;
    return read(`${header.year}-${String(month).padStart(2, '0')}-${header.day}T${header.time}Z`);
  }
  const { day, minute, second = '00', decimals = '', sign, hours, minutes } = FORM.exec(text)?.groups ?? {};
  if (day === undefined || minute === undefined || (sign === ' ' && minutes === undefined)) return undefined;
  const local = `${day}T${minute}:${second}.${decimals.slice(0, 3).padEnd(3, '0')}`;
  const offset = hours === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${minutes ?? '00'}`;
  const [asUtc, instant] = [new Date(`${local}Z`), new Date(`${local}${offset}`)];
  // `Date` turns 30 February into 2 March, and accepts the hour 24.
  if (Number.isNaN(instant.getTime()) || asUtc.toISOString() !== `${local}Z`) return undefined;
  const utc = instant.toISOString();
  return utc.length === LENGTH_IN_UTC ? { utc, decimals: Math.min(decimals.length, 3) } : undefined;
}

/**
 * An instant with a time zone, between the years 0000 and 9999, as ISO 8601, RFC 3339 or in another form that date
 * libraries print. Stored and returned in UTC with milliseconds.
 */
export const Instant = z
  .string()
  .refine((text) => read(text) !== undefined, {
    message: 'Must be an instant with a time zone, such as 2026-01-31T09:30:00Z, between the years 0000 and 9999.',
    params: { code: 'invalid_format' },
  })
  .meta({ format: 'date-time' });

/** The text of an `Instant` in UTC with milliseconds. Throws if it is not an instant. */
export function toUtc(text: string): string {
  const written = read(text);
  if (written === undefined) throw new Error(`${text} is not an instant.`);
  return written.utc;
}

/**
 * Whether `text` is the instant `utc`, which has milliseconds. Libraries print fewer decimals (`12.5Z` for
 * `12.500Z`), and some cut the decimals off; so only the decimals of `text` are compared.
 */
export function isSameInstant(text: string, utc: string): boolean {
  if (utc.length !== LENGTH_IN_UTC || read(utc)?.utc !== utc) return false;
  const written = read(text);
  if (written === undefined) return false;
  const end = 'YYYY-MM-DDTHH:MM:SS.'.length + written.decimals;
  return written.utc.slice(0, end) === utc.slice(0, end);
}
