import { describe, expect, it } from 'vitest';
import { Instant, isSameInstant, toUtc } from './instant.ts';

describe('Instant', () => {
  it.each([
    ['ISO 8601 of JavaScript', '2026-03-03T08:41:12.306Z'],
    ['no trailing zeros, in lower case', '2026-03-03t08:41:12.306z'],
    ['seven decimals of .NET', '2026-03-03T08:41:12.3060000Z'],
    ['nanoseconds of Go and Java', '2026-03-03T08:41:12.306000000Z'],
    ['isoformat() of Python', '2026-03-03T08:41:12.306000+00:00'],
    ['str() of Python', '2026-03-03 08:41:12.306000+00:00'],
    ['%z of strftime', '2026-03-03T10:41:12.306+0200'],
    ['PostgreSQL', '2026-03-03 07:41:12.306-01'],
    ['a comma before the decimals', '2026-03-03T08:41:12,306Z'],
    ['ZonedDateTime of Java', '2026-03-03T09:41:12.306+01:00[Europe/Berlin]'],
    ['an Instant with a zone of Java', '2026-03-03T08:41:12.306Z[UTC]'],
    ['to_s of Ruby', '2026-03-03 08:41:12.306 UTC'],
    ['String() of Go', '2026-03-03 09:41:12.306 +0100 CET'],
    ['a plus sign that a query did not encode', '2026-03-03T08:41:12.306 00:00'],
  ])('accepts %s', (_, text) => {
    expect(Instant.safeParse(text).success).toBe(true);
    expect(toUtc(text)).toBe('2026-03-03T08:41:12.306Z');
  });

  it.each([
    ['OffsetDateTime of Java without seconds', '2026-03-03T08:41Z', '2026-03-03T08:41:00.000Z'],
    ['the form of HTTP headers', 'Tue, 03 Mar 2026 08:41:12 GMT', '2026-03-03T08:41:12.000Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('accepts %s', (_, text, utc) => {
    expect(Instant.safeParse(text).success).toBe(true);
    expect(toUtc(text)).toBe(utc);
  });

  it.each([
    ['no time zone', '2026-03-03T08:41:12'],
    ['only a day', '2026-03-03'],
    ['30 February', '2026-02-30T00:00:00Z'],
    ['a day of February that needs a leap year', '2026-02-29T00:00:00Z'],
    ['the hour 24', '2026-03-03T24:00:00Z'],
    ['the minute 60', '2026-03-03T08:60:00Z'],
    ['an offset of more than a day', '2026-03-03T08:41:12+99:00'],
    ['an instant before the year 0000', '0000-01-01T00:00:00+01:00'],
    ['an instant after the year 9999', '9999-12-31T23:59:59-01:00'],
    ['a number after a space', '2026-03-03T08:41 12'],
    ['a month that does not exist', 'Tue, 03 Foo 2026 08:41:12 GMT'],
    ['other text behind it', '2026-03-03T08:41:12Z; drop'],
    ['seconds since 1970', '1772527272'],
  ])('refuses %s', (_, text) => {
    expect(Instant.safeParse(text).error?.issues).toMatchObject([{ params: { code: 'invalid_format' } }]);
    expect(() => toUtc(text)).toThrow('is not an instant');
  });
});

describe('isSameInstant', () => {
  it.each([
    ['2026-03-03T08:41:12.5Z', '2026-03-03T08:41:12.500Z', true],
    ['2026-03-03T09:41:12.500000+01:00', '2026-03-03T08:41:12.500Z', true],
    ['2026-03-03T08:41:12Z', '2026-03-03T08:41:12.999Z', true],
    ['2026-03-03T08:41:13Z', '2026-03-03T08:41:12.999Z', false],
    ['2026-03-03T08:41:12.50Z', '2026-03-03T08:41:12.510Z', false],
    ['2026-03-03T08:41:12.500+01:00', '2026-03-03T08:41:12.500Z', false],
    ['2026-03-03T08:41:12Z', '2026-03-03T08:41:12Z', false],
    ['yesterday', '2026-03-03T08:41:12.500Z', false],
  ])('%s and %s: %s', (text, utc, same) => {
    expect(isSameInstant(text, utc)).toBe(same);
  });
});
