const PERSONAL_DATA_KINDS = ['email', 'card', 'iban', 'phone'] as const;
type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

export interface MaskedText {
  /** The text with an x for each masked character. It has the same length as the original. */
  readonly text: string;
  /** The number of masked items of each kind. */
  readonly counts: Readonly<Record<PersonalDataKind, number>>;
}

interface Detector {
  readonly name: PersonalDataKind;
  readonly pattern: RegExp;
  /** The length of the personal data at the beginning of a match; 0 for a false match. */
  lengthIn(found: string): number;
  /** Whether real data may begin inside a false match, for example after another number. */
  readonly mayBeginLater?: true;
}

const SHORTEST_CARD = 13;
const allIf = (isOne: (found: string) => boolean) => (found: string) => (isOne(found) ? found.length : 0);

// The order matters: a card number must not be masked as a phone number.
const DETECTORS: readonly Detector[] = [
  {
    name: 'email',
    // All characters that RFC 5322 allows before the @. The lookbehind makes sure that each character is scanned only
    // once.
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
    // At least seven digits, grouped like a phone number. This excludes order numbers and dates.
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
  const counts: Record<PersonalDataKind, number> = { email: 0, card: 0, iban: 0, phone: 0 };
  let masked = text;
  for (const detector of DETECTORS) {
    let hidden = '';
    let seen = 0;
    for (const [begin, end] of spansOf(masked, detector)) {
      counts[detector.name]++;
      hidden += masked.slice(seen, begin) + 'x'.repeat(end - begin);
      seen = end;
    }
    masked = hidden + masked.slice(seen);
  }
  return { text: masked, counts };
}

function* spansOf(text: string, { pattern, lengthIn, mayBeginLater }: Detector): Generator<readonly [number, number]> {
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

/**
 * The length of the card number in a match. Digits after it, such as its expiry date, may be in the match too, so this
 * is the longest beginning that passes the check.
 */
function lengthOfCard(found: string): number {
  const digits = found.replace(/\D/g, '');
  let end = found.length;
  for (let count = digits.length; count >= SHORTEST_CARD; count--) {
    const isWhole = end === found.length || !/\d/.test(found[end] as string);
    if (isWhole && isLuhn(digits.slice(0, count))) return end;
    // Step back over the last digit and the separator before it.
    do end--;
    while (!/\d/.test(found[end - 1] as string));
  }
  return 0;
}

/**
 * The length of the IBAN in a match. Words after it may be in the match too, so this is the longest beginning that
 * passes the check.
 */
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
    // Letters count as numbers: A is 10, B is 11, and so on.
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
