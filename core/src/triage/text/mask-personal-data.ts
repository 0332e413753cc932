export const MASKED = ['email', 'card', 'iban', 'phone'] as const;
export type Masked = (typeof MASKED)[number];

export interface MaskedText {
  /** As long as the text was: an x for each character that is not to be seen. */
  readonly text: string;
  /** How many of each kind were found. Nothing else of them is kept. */
  readonly counts: Readonly<Record<Masked, number>>;
}

interface Kind {
  readonly name: Masked;
  readonly pattern: RegExp;
  /** How much of what the pattern found is one, from its beginning on; 0 for nothing. */
  lengthIn(found: string): number;
  /** Whether one may begin within what was found and was none, as after a number that stands before it. */
  readonly mayBeginLater?: true;
}

const SHORTEST_CARD = 13;
const allIf = (isOne: (found: string) => boolean) => (found: string) => (isOne(found) ? found.length : 0);

// In this order: a card number is no phone number.
const KINDS: readonly Kind[] = [
  {
    name: 'email',
    // All that RFC 5322 lets stand before the @, from its beginning on: however long, it is looked at once.
    pattern:
      /(?<![\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-])[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu,
    lengthIn: (found) => found.length,
  },
  {
    name: 'iban',
    pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[\s\u2010-\u2015-]?[A-Z0-9]){11,30}(?![A-Z0-9])/giu,
    lengthIn: lengthOfIban,
    mayBeginLater: true,
  },
  {
    name: 'card',
    pattern: /(?<!\d)\d(?:[\s.\u2010-\u2015-]?\d){12,18}(?!\d)/gu,
    lengthIn: lengthOfCard,
    mayBeginLater: true,
  },
  {
    name: 'phone',
    pattern: /(?<![\p{L}\d])(?:\+|00)?\(?\d(?:[\s()./\u2010-\u2015-]{0,2}\d){6,14}(?!\d)/gu,
    // Seven digits or more that are cut as phone numbers are, not an order number or a date.
    lengthIn: allIf(
      (found) =>
        (/^(?:\+|00)/.test(found) || /[\s()/\u2010-\u2015-]/.test(found) || /^0\d{8,}$/.test(found)) && !isDate(found),
    ),
  },
];

/**
 * Puts x for every character of e-mail addresses, card numbers (ISO/IEC 7812, checked by Luhn), IBANs (ISO 13616,
 * checked by their check digits) and phone numbers, so that offsets stay what they were.
 */
export function maskPersonalData(text: string): MaskedText {
  const counts: Record<Masked, number> = { email: 0, card: 0, iban: 0, phone: 0 };
  let masked = text;
  for (const kind of KINDS) {
    let hidden = '';
    let seen = 0;
    for (const [begin, end] of spansOf(masked, kind)) {
      counts[kind.name]++;
      hidden += masked.slice(seen, begin) + 'x'.repeat(end - begin);
      seen = end;
    }
    masked = hidden + masked.slice(seen);
  }
  return { text: masked, counts };
}

function* spansOf(text: string, { pattern, lengthIn, mayBeginLater }: Kind): Generator<readonly [number, number]> {
  const search = new RegExp(pattern);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const length = lengthIn(match[0]);
    if (length > 0) {
      yield [match.index, match.index + length];
      search.lastIndex = match.index + length;
    } else if (mayBeginLater) search.lastIndex = match.index + 1;
  }
}

/** The check of card numbers: ISO/IEC 7812-1, annex B. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const counted = index % 2 === 1 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return digits.length >= 13 && sum % 10 === 0 && Number(digits) !== 0;
}

/** Digits after a card number, such as its date, look as if they belonged to it: the longest beginning that passes. */
function lengthOfCard(found: string): number {
  const digits = found.replace(/\D/g, '');
  let end = found.length;
  for (let count = digits.length; count >= SHORTEST_CARD; count--) {
    const isWhole = end === found.length || !/\d/.test(found[end] as string);
    if (isWhole && isLuhn(digits.slice(0, count))) return end;
    // Back over the last digit, and over what parts it from the one before.
    do end--;
    while (!/\d/.test(found[end - 1] as string));
  }
  return 0;
}

/** Words after an IBAN look as if they belonged to it: the longest beginning that passes the check is one. */
function lengthOfIban(found: string): number {
  for (let end = found.length; end >= 15; end--) {
    const isWhole = end === found.length || /[\s\u2010-\u2015-]/.test(found[end] as string);
    if (isWhole && isIban(found.slice(0, end))) return end;
  }
  return 0;
}

/** The check of IBANs: the number modulo 97 is 1 (ISO 7064, MOD 97-10). */
function isIban(text: string): boolean {
  const compact = text.replace(/[\s\u2010-\u2015-]/g, '').toUpperCase();
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (let index = 0; index < compact.length; index++) {
    // A is 10, and so on.
    const code = compact.charCodeAt((index + 4) % compact.length);
    const value = code < 65 ? code - 48 : code - 55;
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest === 1;
}

function isDate(found: string): boolean {
  return /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ ]\d{1,2}(?:[.:]?\d{2})?)?$/.test(
    found.trim(),
  );
}
