import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLuhn, maskPersonalData } from './mask-personal-data.ts';

const NONE = { email: 0, card: 0, iban: 0, phone: 0, address: 0, secret: 0 };
const ARABIC_CARD = '٤١١١ ١١١١ ١١١١ ١١١١';

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
    ['a phone number with dots', 'call 555.010.4477', '555.010.4477', { phone: 1 }],
    ['a French phone number with dots', 'appelez le 01.70.12.34.56', '01.70.12.34.56', { phone: 1 }],
    ['a German phone number after its word', 'Tel.0170 1234567', '0170 1234567', { phone: 1 }],
    ['ten plain digits', 'reach me at 5550104477 tonight', '5550104477', { phone: 1 }],
    ['ten plain digits without a word', 'it is 5550104477', '5550104477', { phone: 1 }],
    ['ten plain digits after a word', 'my number is 1234567890', '1234567890', { phone: 1 }],
    ['eleven plain digits', '15550104477 is me', '15550104477', { phone: 1 }],
    ['a phone number in full-width digits', 'call ０１７０１２３４５６７', '０１７０１２３４５６７', { phone: 1 }],
    ['a phone number in Arabic digits', 'call +٤٩ ١٧٠ ١٢٣٤٥٦٧', '+٤٩ ١٧٠ ١٢٣٤٥٦٧', { phone: 1 }],
    ['a card number in Arabic digits', `card ${ARABIC_CARD}`, ARABIC_CARD, { card: 1 }],
    [
      'a card number in full-width digits',
      'card ４１１１１１１１１１１１１１１１',
      '４１１１１１１１１１１１１１１１',
      { card: 1 },
    ],
    ['an address with [at]', 'joe [at] example.com', 'joe [at] example.com', { email: 1 }],
    ['an address with (at) and (dot)', 'joe(at)example(dot)com', 'joe(at)example(dot)com', { email: 1 }],
    [
      'an address with [at] and [dot]',
      'to joe.doe [at] example [dot] co [dot] uk',
      'joe.doe [at] example [dot] co [dot] uk',
      { email: 1 },
    ],
    ['an address in words', 'joe at example dot com', 'joe at example dot com', { email: 1 }],
    ['an address with %40', '?mail=joe%40example.com&x', '?mail=joe%40example.com', { email: 1 }],
    ['an address with a full-width sign', 'joe＠example．com', 'joe＠example．com', { email: 1 }],
    ['an address with an entity', 'joe&#64;example.com', 'joe&#64;example.com', { email: 1 }],
    [
      'an address with a quoted local part',
      'to "joe o neill"@example.com now',
      '"joe o neill"@example.com',
      { email: 1 },
    ],
    ['an address at a number', 'joe@[192.168.1.1]', 'joe@[192.168.1.1]', { email: 1 }],
    ['an IBAN with dots', 'DE89.3704.0044.0532.0130.00', 'DE89.3704.0044.0532.0130.00', { iban: 1 }],
    ['an IBAN with dashes', 'DE89-3704-0044-0532-0130-00', 'DE89-3704-0044-0532-0130-00', { iban: 1 }],
    ['an IBAN with a wrong digit', 'DE88370400440532013000', 'DE88370400440532013000', { iban: 1 }],
    [
      'a grouped IBAN with a wrong digit',
      'GB29 NWBK 6016 1331 9268 18 please',
      'GB29 NWBK 6016 1331 9268 18',
      { iban: 1 },
    ],
    ['a card number with a wrong digit', 'my card 4111111111111112', '4111111111111112', { card: 1 }],
    ['a grouped card number with a wrong digit', '4111 1111 1111 1112', '4111 1111 1111 1112', { card: 1 }],
    ['an American Express card with a wrong digit', '3782 822463 10006', '3782 822463 10006', { card: 1 }],
    ['an IP address', 'at 192.168.100.200', '192.168.100.200', { address: 1 }],
    ['an IP address with a port', '10.0.0.1:8080', '10.0.0.1', { address: 1 }],
    ['an IPv6 address', 'from 2001:db8::8a2e:370:7334 today', '2001:db8::8a2e:370:7334', { address: 1 }],
    [
      'a long IPv6 address',
      '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      { address: 1 },
    ],
    ['a password', 'password: hunter2', 'hunter2', { secret: 1 }],
    ['a password in a sentence', 'my password is Hunter2!x, please reset it', 'Hunter2!x', { secret: 1 }],
    ['a password that is a word', 'the password is swordfish', 'swordfish', { secret: 1 }],
    ['a password in quotes', 'Passwort: "geheim"', 'geheim', { secret: 1 }],
    ['a password in JSON', '{"password": "hunter2"}', 'hunter2', { secret: 1 }],
    ['a PIN', 'my PIN is 4711', '4711', { secret: 1 }],
    ['a PIN without a sign', 'pin 4711', '4711', { secret: 1 }],
    ['a token', 'token=abc123def', 'abc123def', { secret: 1 }],
    ['a bearer token', 'Authorization: Bearer abcdef0123456789abcdef', 'abcdef0123456789abcdef', { secret: 1 }],
    ['an API key', 'API key sk_live_abcdefghij', 'sk_live_abcdefghij', { secret: 1 }],
    [
      'a JWT',
      'sent eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1',
      { secret: 1 },
    ],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE', { secret: 1 }],
    ['a login code', 'verification code 123456', '123456', { secret: 1 }],
    ['a phone number without separators', 'my number is 01701234567', '01701234567', { phone: 1 }],
  ])('hides %s', (_, text, hidden, counts) => {
    const masked = maskPersonalData(text);
    expect(masked.text).toBe(text.replace(hidden, 'x'.repeat(hidden.length)));
    expect(masked.counts).toEqual({ ...NONE, ...counts });
  });

  it.each([
    ['an order number that looks like a card', 'order 4111111111111112'],
    ['a date', 'on 2026-03-01 and 01.03.2026 10:30'],
    ['an ISO date', '2026-03-01T10:00:00Z, 2026-03-01 10:30:00 and 20260301'],
    ['an order number', 'order 1234567'],
    ['an order number of ten digits', 'order number 5550104477, Order #5550104477 and order no. 5550104477'],
    ['a grouped order number', 'order 123-4567890'],
    ['a ticket number', 'ticket 5550104477'],
    ['an amount', 'it was 1,299.00 EUR'],
    ['other amounts', '1 299 000 EUR, $1234567.89, 1.299.000,50 €, 2500000000 EUR and € 2500000000'],
    ['a version', 'version 10.15.7'],
    ['a version of four parts', 'version 1.2.3.4, v1.2.3.4, iOS 17.1.2.1 and Chrome 120.0.6099.109'],
    ['a CVE id', 'CVE-2024-1234567 and CVE-2021-44228'],
    ['an ISBN', 'ISBN 978-3-16-148410-0, 9783161484100 and ISBN-10: 3-16-148410-0'],
    ['a number with dots', '10.000.000 rows'],
    ['a time', 'at 12:30:45'],
    [
      'a statement about a password',
      'my password is wrong, the password reset fails, password policy and token expired',
    ],
    ['words around "at"', 'look at this dot and at home'],
    ['a range of years', 'from 2019-2024'],
  ])('does not mask %s', (_, text) => {
    expect(maskPersonalData(text)).toEqual({ text, counts: NONE });
  });

  it('counts the masked items of each kind', () => {
    expect(maskPersonalData('a@b.io, c@d.io; 4111-1111-1111-1111').counts).toEqual({ ...NONE, email: 2, card: 1 });
  });

  it.each<[string, string]>([
    ['blanks', ' '.repeat(100_000)],
    ['line breaks', '\n'.repeat(50_000)],
    ['digits', '4'.repeat(100_000)],
    ['grouped digits', '4111 '.repeat(20_000)],
    ['digits of two units', '𝟜'.repeat(10_000)],
    ['fourteen digits of two units', `a${'𝟜'.repeat(14)}`],
    ['dotted digits', '1.'.repeat(50_000)],
    ['at signs', 'a@'.repeat(50_000)],
    ['encoded at signs', 'a%40'.repeat(25_000)],
    ['bracketed at signs', 'a [at] '.repeat(14_000)],
    ['quotes', '"a'.repeat(50_000)],
    ['colons', 'a:'.repeat(50_000)],
    ['beginnings of IBANs', 'DE89 '.repeat(20_000)],
    ['words for secrets', 'password is '.repeat(8000)],
    ['a secret of dots', `password: ${'.'.repeat(100_000)}`],
    ['beginnings of JWTs', 'eyJhbGciOiJ.'.repeat(8000)],
  ])('takes linear time: %s', (_, text) => {
    const from = performance.now();
    expect(maskPersonalData(text).text).toHaveLength(text.length);
    expect(performance.now() - from).toBeLessThan(1500);
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
        'password: ',
        '𝟜',
        '٤',
        '[at]',
        '%40',
        '"',
        '10.0.0.1',
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
