const PERSONAL_DATA_KINDS = ['email', 'card', 'iban', 'phone', 'address', 'secret'] as const;
type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

export interface MaskedText {
  /** The text with an x for each masked character. It has the same length as the original. */
  readonly text: string;
  /** The number of masked items of each kind; `address` counts IP addresses, `secret` counts passwords and tokens. */
  readonly counts: Readonly<Record<PersonalDataKind, number>>;
}

/** A part of a match, from its beginning: 0 and 0 for a false match. */
type Part = readonly [begin: number, end: number];

interface Detector {
  readonly name: PersonalDataKind;
  readonly pattern: RegExp;
  /** The place of the personal data in a match; undefined for a false match. */
  partOf(found: string, before: string, after: string): Part | undefined;
  /** Whether real data may begin inside a false match, for example after another number. */
  readonly mayBeginLater?: true;
}

const SHORTEST_CARD = 13;
const SHORTEST_IBAN = 15;
/** The text around a match that tells what a number is, in UTF-16 units. */
const CONTEXT = 40;
const SEPARATOR = '[\\s._\\u00B7\\u2010-\\u2015-]';

/** The lengths of IBANs by country, from the IBAN registry (ISO 13616). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);

const LOCAL = "[\\p{L}\\p{M}\\p{N}.!#$%&'*+/=?^_`{|}~-]";
const AT = '(?:@|\\uFF20|\\uFE6B|%40|&#0*64;|&commat;|\\s?[\\[({<]\\s?(?:at|@|ät|arroba)\\s?[\\])}>]\\s?)';
const DOT = '(?:\\.|\\uFF0E|\\u3002|%2E|\\s?[\\[({<]\\s?(?:dot|punkt|punto|point|\\.)\\s?[\\])}>]\\s?)';
const DOMAIN = `[\\p{L}\\p{M}\\p{N}_-]+(?:${DOT}[\\p{L}\\p{M}\\p{N}-]+)+`;

/** Words before a number that is no personal data. */
const NO_PERSON =
  /(?:(?<!\p{L})(?:orders?|bestell(?:ung|nummer)|commande|pedido|tickets?|cases?|invoices?|rechnung|items?|articles?|sku|ref(?:erence)?|tracking|parcel|shipment|serial|s\/n|isbn(?:-1[03])?|issn|ean|upc|gtin|doi|cve|version|build|release|v|rfc|iso|part|model|error|code|port|pid|id|po|batch|lot|contract|ios|android|chrome|firefox|windows|macos|firmware|driver|java|node|php|python|software|app|section|chapter)(?:[ -]?(?:number|no|nr|num|id|code))?(?: is| was)?|#)[ .:#=-]*$/iu;
const PHONE_WORD =
  /(?<!\p{L})(?:my (?:new )?number|phone|tel|telephone|mobile|cell|call|fax|whatsapp|sms|text|ring|reach|handy|telefon|rufnummer|móvil|teléfono|portable|numéro)[\p{L} .:#=]*$/iu;

// The order matters: a card number must not be masked as a phone number.
const DETECTORS: readonly Detector[] = [
  {
    name: 'email',
    // A quoted local part: "john smith"@example.com. It has at most 64 characters.
    pattern: new RegExp(`"[^"\\n]{1,64}"${AT}(?:${DOMAIN}|\\[[\\p{N}.:a-f]{3,45}\\])`, 'giu'),
    partOf: whole,
  },
  {
    name: 'email',
    // All characters that RFC 5322 allows before the @. The lookbehind makes sure that each character is scanned only
    // once.
    pattern: new RegExp(`(?<!${LOCAL})${LOCAL}+${AT}(?:${DOMAIN}|\\[[\\p{N}.:a-f]{3,45}\\])`, 'giu'),
    partOf: whole,
  },
  {
    name: 'email',
    pattern:
      /(?<![\p{L}\p{N}._-])[\p{L}\p{N}._-]{1,64} (?:at|AT) [\p{L}\p{N}-]{2,63}(?: (?:dot|DOT) [\p{L}\p{N}-]{2,63}){0,3} (?:dot|DOT) (?:com|org|net|io|de|uk|fr|eu|info|edu|gov|ch|at|it|es|nl|us|ca|au|co|dev|app)(?!\p{L})/gu,
    partOf: whole,
  },
  {
    name: 'iban',
    pattern: new RegExp(
      `(?<![A-Z\\p{N}])[A-Z]{2}\\p{Nd}{2}(?:${SEPARATOR}?[A-Z\\p{Nd}]){11,30}(?![A-Z\\p{Nd}])`,
      'giu',
    ),
    partOf: (found) => beginning(lengthOfIban(found)),
    mayBeginLater: true,
  },
  {
    name: 'card',
    pattern: new RegExp(`(?<!\\p{Nd})\\p{Nd}(?:${SEPARATOR}?\\p{Nd}){12,18}(?!\\p{Nd})`, 'gu'),
    partOf: (found, before) => beginning(lengthOfCard(found, before)),
    mayBeginLater: true,
  },
  {
    name: 'secret',
    // A password, key or token after its word. `password is wrong` is no password: a secret has a digit or a sign.
    pattern:
      /(?<![\p{L}\p{N}])(?:pass ?words?|pass ?phrase|passcode|pwd|pw|passwort|kennwort|mot de passe|contraseña|senha|pin(?: code)?|cvv2?|cvc2?|(?:api|access|secret|private|auth(?:entication)?|session|refresh|bearer|recovery|security|verification|one-time|2fa|otp|client)[ _-]?(?:keys?|tokens?|secrets?|codes?|id)|tokens?|secret|otp|authorization|x-api-key)["']?(?:(?: (?:is|was|ist|lautet|est|es|now))* ?[:=] ?| (?:is|was|ist|lautet|est|es) | )(?:["'`“‘]|bearer |basic )?(\S{3,400})/giu,
    partOf: secretIn,
  },
  {
    name: 'secret',
    // Well-known forms: JWT, keys of AWS, GitHub, Slack, Stripe, Google and OpenAI, and Curlew's own keys.
    pattern:
      /(?<![\p{L}\p{N}_-])(?:eyJ[\w-]{8,2000}\.[\w-]{4,4000}(?:\.[\w-]{0,2000})?|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|xox[abprs]-[\w-]{10,255}|[sr]k_(?:live|test)_\w{10,255}|AIza[\w-]{30,45}|sk-[\w-]{20,255}|glpat-[\w-]{15,64}|(?:ck|crl|curlew)_[\w-]{16,255})(?![\w-])/gu,
    partOf: whole,
  },
  {
    name: 'secret',
    pattern: /(?<!\p{L})(?:bearer|basic) ([\w.~+/-]{16,4000}=*)/giu,
    partOf: (found) => (/ x+$/.test(found) ? undefined : [found.indexOf(' ') + 1, found.length]),
  },
  {
    name: 'secret',
    // The password in a link: https://user:password@host.
    pattern: /(?<=:\/\/)[^\s/:@]{1,200}:[^\s/@]{1,200}(?=@)/gu,
    partOf: whole,
  },
  {
    name: 'address',
    pattern: /(?<![\p{L}\p{N}.])(?:\p{Nd}{1,3}\.){3}\p{Nd}{1,3}(?![\p{N}]|\.\p{N})/gu,
    partOf: (found, before) => (isIpv4(found) && !NO_PERSON.test(before) ? [0, found.length] : undefined),
  },
  {
    name: 'address',
    pattern: /(?<![\p{L}\p{N}:.])(?:[\da-f]{0,4}:){2,7}(?:[\da-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\p{L}\p{N}:])/giu,
    partOf: (found) => (isIpv6(found) ? [0, found.length] : undefined),
  },
  {
    name: 'phone',
    pattern:
      /(?<![\p{L}\p{Nd}#_/-]|\p{Nd}[.,:]|[$€£] ?)(?:[+\uFF0B]|00)?[(\uFF08]?\p{Nd}(?:[\s()\uFF08\uFF09./\u00B7\u2010-\u2015-]{0,3}\p{Nd}){6,14}(?![\p{L}\p{Nd}_]|[.,:-]\p{Nd})/gu,
    partOf: (found, before, after) => (isPhone(found, before) && !CURRENCY.test(after) ? [0, found.length] : undefined),
  },
];

/**
 * Puts x for every character of personal data, so that offsets stay what they were: e-mail addresses, card numbers
 * (ISO/IEC 7812), IBANs (ISO 13616), phone numbers, IP addresses, and passwords and tokens after their words. Digits of
 * all scripts count. Card numbers and IBANs with a wrong digit are masked too, because people mistype them.
 */
export function maskPersonalData(text: string): MaskedText {
  const counts: Record<PersonalDataKind, number> = { email: 0, card: 0, iban: 0, phone: 0, address: 0, secret: 0 };
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

function* spansOf(text: string, { pattern, partOf, mayBeginLater }: Detector): Generator<Part> {
  const search = new RegExp(pattern);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const { index, 0: found } = match;
    const end = index + found.length;
    const part = partOf(found, text.slice(Math.max(0, index - CONTEXT), index), text.slice(end, end + CONTEXT));
    if (part !== undefined) {
      yield [index + part[0], index + part[1]];
      search.lastIndex = index + part[1];
    } else if (mayBeginLater) {
      // In the middle of a surrogate pair the search would find the same match again.
      search.lastIndex = index + String.fromCodePoint(text.codePointAt(index) as number).length;
    }
  }
}

function whole(found: string): Part {
  return [0, found.length];
}

function beginning(length: number): Part | undefined {
  return length === 0 ? undefined : [0, length];
}

/** The text with the digits 0 to 9 for the digits of all scripts. It has the same length. */
function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero).padStart(digit.length);
  });
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

/** The groups of digits of a card number: 4-4-4-4, American Express 4-6-5, and Diners Club 4-6-4. */
const CARD_GROUPS =
  /^(?:\d{4}\D\d{4}\D\d{4}\D\d{4}(?!\d)|3[47]\d{2}\D\d{6}\D\d{5}(?!\d)|3[0689]\d{2}\D\d{6}\D\d{4}(?!\d))/;
/** The first digits of Visa, Mastercard, American Express, Discover and Diners Club, with their lengths. */
const CARD_ISSUERS = /^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3[0689]\d{12})$/;
const BOOK = /(?:isbn(?:-1[03])?|ean|gtin)[ .:#-]*$/i;

/**
 * The length of the card number in a match. Digits after it, such as its expiry date, may be in the match too, so this
 * is the longest beginning that passes the check. A number that fails the check is a card number with a wrong digit if
 * it is grouped like one, or begins with an issuer's digits.
 */
function lengthOfCard(found: string, before: string): number {
  const plain = plainDigits(found);
  const digits = plain.replace(/\D/g, '');
  if (BOOK.test(before) || (digits.length === SHORTEST_CARD && /^97[89]/.test(digits))) return 0;
  let end = found.length;
  for (let count = digits.length; count >= SHORTEST_CARD; count--) {
    const isWhole = end === found.length || !/\d/.test(plain[end] as string);
    if (isWhole && isLuhn(digits.slice(0, count))) return end;
    // Step back over the last digit and the separator before it.
    do end--;
    while (!/\d/.test(plain[end - 1] as string));
  }
  if (NO_PERSON.test(before) || /^0+$/.test(digits)) return 0;
  const [grouped] = CARD_GROUPS.exec(plain) ?? [];
  if (grouped !== undefined) return grouped.length;
  return CARD_ISSUERS.test(digits) ? found.length : 0;
}

/**
 * The length of the IBAN in a match. Words after it may be in the match too, so this is the longest beginning that
 * passes the check; if none does, the length of the country's IBANs, because a digit may be wrong.
 */
function lengthOfIban(found: string): number {
  const plain = plainDigits(found);
  for (let end = found.length; end >= SHORTEST_IBAN; end--) {
    const isWhole = end === found.length || !/[\p{L}\d]/u.test(found[end] as string);
    if (isWhole && isIban(plain.slice(0, end))) return end;
  }
  const length = IBAN_LENGTHS[plain.slice(0, 2).toUpperCase()];
  let count = 0;
  for (let end = 1; end <= plain.length; end++) {
    if (/[A-Za-z\d]/.test(plain[end - 1] as string)) count++;
    if (count !== length) continue;
    const isWhole = end === found.length || !/[A-Za-z\d]/.test(plain[end] as string);
    // Most of an IBAN are digits; this excludes words after two letters and two digits.
    return isWhole && plain.slice(0, end).replace(/\D/g, '').length >= 10 ? end : 0;
  }
  return 0;
}

/** The check of IBANs: the number modulo 97 is 1 (ISO 7064, MOD 97-10). */
function isIban(text: string): boolean {
  const compact = text.replace(/[^A-Za-z\d]/g, '').toUpperCase();
  if (compact.length < SHORTEST_IBAN || compact.length > 34) return false;
  let rest = 0;
  for (let index = 0; index < compact.length; index++) {
    // Letters count as numbers: A is 10, B is 11, and so on.
    const code = compact.charCodeAt((index + 4) % compact.length);
    const value = code < 65 ? code - 48 : code - 55;
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest === 1;
}

/** Whether digits are a phone number: by their groups, the sign +, a 0 at the beginning, or a word before them. */
function isPhone(found: string, before: string): boolean {
  const plain = plainDigits(found).trim();
  const digits = plain.replace(/\D/g, '');
  if (isDate(plain) || isAmount(plain)) return false;
  const hasWord = PHONE_WORD.test(before);
  if (/^(?:[+\uFF0B]|00\d{7})/.test(plain)) return true;
  if (NO_PERSON.test(before) && !hasWord) return false;
  if (hasWord) return true;
  // Ten digits without separators are a phone number in North America. Timestamps begin with 1 and are excluded.
  if (/^\d+$/.test(plain)) return /^0\d{8,}$/.test(plain) || /^1?[2-9]\d{9}$/.test(plain);
  if (/^\d+(?:\.\d+)+$/.test(plain))
    return /^(?:0\d{1,4}(?:\.\d{2,8})+|\d{3}\.\d{3}\.\d{4}|\d\.\d{3}\.\d{3}\.\d{4})$/.test(plain) && digits.length >= 9;
  return /[\s()\uFF08\uFF09/\u2010-\u2015-]/.test(plain) && !/^97[89][\s-]/.test(plain);
}

const CURRENCY = /^ ?(?:[$€£¥]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|yen|rows|bytes|ms|kb|mb)(?!\p{L}))/iu;

function isAmount(found: string): boolean {
  return /^\d{1,3}(?:[ .\u00A0\u202F']\d{3})+$/.test(found) && !/^0/.test(found);
}

function isDate(found: string): boolean {
  return /^(?:(?:19|20)\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ](?:19|20)?\d{2}|(?:19|20)\d{2}[-–](?:19|20)\d{2})(?:[T ,]{0,2}\d{1,2}(?:[.:]?\d{2}){0,2})?$/.test(
    found,
  );
}

function isIpv4(found: string): boolean {
  return plainDigits(found)
    .split('.')
    .every((part) => Number(part) <= 255 && !/^0\d/.test(part));
}

function isIpv6(found: string): boolean {
  const groups = found.split(':');
  const isShort = found.includes('::');
  // A time such as 10:30:00 has two colons and no letters.
  if (!isShort && groups.length !== 8 && !(groups.length === 7 && found.includes('.'))) return false;
  return /\d/.test(found) && found.split('::').length <= 2;
}

const STATEMENT =
  /^(?:wrong|incorrect|invalid|in|not|no|on|expired|correct|being|still|too|never|always|required|rejected|weak|strong|the|that|this|an?|my|your|our|same|refused|accepted|unknown|lost|forgotten|blocked|locked|gone|okay?|fine|reset|changed|compromised|leaked|stolen|exposed|visible|stored|sent|saved|secure|safe|empty|missing|needed|working|broken|valid|right|good|bad|public|and|or|but|so|what|why|where|only|also|already|now|falsch|ung[üu]ltig|nicht|abgelaufen|incorrecto|incorrecta|faux|incorrect|\p{L}+(?:ed|ing))$/iu;
/** Signs that end a sentence or a quotation, and are not part of a secret. */
const TRAILING = /["'`”’.,;:!?)\]}>]+$/u;

function secretIn(found: string): Part | undefined {
  const value = /(?:[:=] ?(?:["'`“‘]|bearer |basic )?|\s)(\S+)$/iu.exec(found)?.[1] ?? '';
  const inner = value.replace(/^["'`“‘]/u, '').replace(TRAILING, '');
  const begin = found.length - value.length + (/^["'`“‘]/u.test(value) ? 1 : 0);
  const isAssigned = /[:=]\s?(?:["'`“‘]|bearer |basic )?\S+$/iu.test(found);
  const hasStatement = / (?:is|was|ist|lautet|est|es) \S+$/iu.test(found);
  if (inner.length < 3 || /^x+$/.test(inner)) return undefined;
  // `my password is wrong` is a statement about the password, and `password reset` is none.
  const isSecret = isAssigned || (hasStatement ? !STATEMENT.test(inner) : inner.length > 3 && /\p{N}/u.test(inner));
  return isSecret ? [begin, begin + inner.length] : undefined;
}
