import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLuhn, maskPersonalData } from './mask-personal-data.ts';

const NONE = { email: 0, card: 0, iban: 0, phone: 0 };

describe('maskPersonalData', () => {
  it.each([
    [
      'an address',
      'write to joe.o-neill+desk@mail.example.co.uk please',
      'joe.o-neill+desk@mail.example.co.uk',
      { email: 1 },
    ],
    ['a card number', 'card 4111 1111 1111 1111 was declined', '4111 1111 1111 1111', { card: 1 }],
    ['a card number with its date', 'card 4111-1111-1111-1111 08/26', '4111-1111-1111-1111', { card: 1 }],
    [
      'a card number with no-break spaces',
      '4111\u00a01111\u00a01111\u00a01111',
      '4111\u00a01111\u00a01111\u00a01111',
      { card: 1 },
    ],
    ['an IBAN', 'pay to DE89 3704 0044 0532 0130 00 today', 'DE89 3704 0044 0532 0130 00', { iban: 1 }],
    ['an IBAN in lower case', 'gb29nwbk60161331926819', 'gb29nwbk60161331926819', { iban: 1 }],
    ['a phone number with a country code', 'call +49 170 1234567', '+49 170 1234567', { phone: 1 }],
    ['a phone number with brackets', 'call (555) 010-4477 after six', '(555) 010-4477', { phone: 1 }],
    [
      'an address with unusual characters',
      "to {o'neill}&sons=#1!@mail.example.com, please",
      "{o'neill}&sons=#1!@mail.example.com",
      { email: 1 },
    ],
    ['an address that is too long', `${'j'.repeat(200)}@example.com`, `${'j'.repeat(200)}@example.com`, { email: 1 }],
    ['a card number after another number', 'order 12 4111 1111 1111 1111', '4111 1111 1111 1111', { card: 1 }],
    [
      'an IBAN after the beginning of another',
      'AB12 DE89 3704 0044 0532 0130 00',
      'DE89 3704 0044 0532 0130 00',
      { iban: 1 },
    ],
    ['a card number with dots', 'card 4111.1111.1111.1111 failed', '4111.1111.1111.1111', { card: 1 }],
    ['a phone number with other dashes', 'call 555\u2011010\u20134477', '555\u2011010\u20134477', { phone: 1 }],
    ['a phone number without separators', 'my number is 01701234567', '01701234567', { phone: 1 }],
  ])('hides %s', (_, text, hidden, counts) => {
    const masked = maskPersonalData(text);
    expect(masked.text).toBe(text.replace(hidden, 'x'.repeat(hidden.length)));
    expect(masked.counts).toEqual({ ...NONE, ...counts });
  });

  it.each([
    ['a number that fails the check of cards', 'order 4111111111111112'],
    ['an IBAN with a wrong check digit', 'DE88370400440532013000'],
    ['a date', 'on 2026-03-01 and 01.03.2026 10:30'],
    ['an order number', 'order 1234567'],
    ['an amount', 'it was 1,299.00 EUR'],
    ['a version', 'version 10.15.7'],
    ['an IP address', 'at 192.168.100.200'],
    ['a number with dots', '10.000.000 rows'],
  ])('does not mask %s', (_, text) => {
    expect(maskPersonalData(text)).toEqual({ text, counts: NONE });
  });

  it('counts the masked items of each kind', () => {
    expect(maskPersonalData('a@b.io, c@d.io; 4111-1111-1111-1111').counts).toEqual({ ...NONE, email: 2, card: 1 });
  });

  it('never changes the length of a text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'a@b.io',
        '4111111111111111',
        '+49 170 1234567',
        ' ',
        '@',
        '.',
        '0',
        '-',
        'DE89370400440532013000',
        '😡',
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        expect(maskPersonalData(text).text).toHaveLength(text.length);
      }),
    );
  });
});

describe('isLuhn', () => {
  it.each([
    ['4111111111111111', true],
    ['378282246310005', true],
    ['4111111111111112', false],
    ['0000000000000000', false],
    ['18', false],
  ])('returns for %s: %s', (digits, expected) => {
    expect(isLuhn(digits)).toBe(expected);
  });
});
