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
}

const SHORTEST_CARD = 13;
const digitsOf = (text: string) => text.replace(/\D/g, '');
const allIf = (isOne: (found: string) => boolean) => (found: string) => (isOne(found) ? found.length : 0);

// In this order: a card number is no phone number.
const KINDS: readonly Kind[] = [
  {
    name: 'email',
    pattern: /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    lengthIn: (found) => found.length,
  },
  {
    name: 'iban',
    pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[\s-]?[A-Z0-9]){11,30}(?![A-Z0-9])/giu,
    lengthIn: lengthOfIban,
  },
  {
    name: 'card',
    pattern: /(?<!\d)\d(?:[\s-]?\d){12,18}(?!\d)/gu,
    lengthIn: lengthOfCard,
  },
  {
    name: 'phone',
    pattern: /(?<![\p{L}\d])(?:\+|00)?\(?\d(?:[\s()./-]{0,2}\d){6,14}(?!\d)/gu,
    // Seven digits or more that are cut as phone numbers are, not an order number or a date.
    lengthIn: allIf(
      (found) => (/^(?:\+|00)/.test(found) || /[\s()/-]/.test(found) || /^0\d{8,}$/.test(found)) && !isDate(found),
    ),
  },
];

/**
 * Puts x for every character of e-mail addresses, card numbers (ISO/IEC 7812, checked by Luhn), IBANs (ISO 13616, checked
 * by their check digits) and phone numbers, so that offsets stay what they were.
 */
export function maskPersonalData(text: string): MaskedText {
  const counts: Record<Masked, number> = { email: 0, card: 0, iban: 0, phone: 0 };
  let masked = text;
  for (const { name, pattern, lengthIn } of KINDS) {
    masked = masked.replace(pattern, (found) => {
      const length = lengthIn(found);
      if (length === 0) return found;
      counts[name]++;
      return 'x'.repeat(length) + found.slice(length);
    });
  }
  return { text: masked, counts };
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

/** Digits after a card number, such as its date, look as if they belonged to it. */
function lengthOfCard(found: string): number {
  for (let end = found.length; end >= SHORTEST_CARD; end--) {
    const isWhole = end === found.length || /[\s-]/.test(found[end] as string);
    if (isWhole && isLuhn(digitsOf(found.slice(0, end)))) return end;
  }
  return 0;
}

/** Words after an IBAN look as if they belonged to it: the longest beginning that passes the check is one. */
function lengthOfIban(found: string): number {
  for (let end = found.length; end >= 15; end--) {
    const isWhole = end === found.length || /[\s-]/.test(found[end] as string);
    if (isWhole && isIban(found.slice(0, end))) return end;
  }
  return 0;
}

/** The check of IBANs: the number modulo 97 is 1 (ISO 7064, MOD 97-10). */
function isIban(text: string): boolean {
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

function isDate(found: string): boolean {
  return /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ ]\d{1,2}(?:[.:]?\d{2})?)?$/.test(
    found.trim(),
  );
}
