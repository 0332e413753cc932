import * as z from 'zod';
import { characters, invalid } from '../kernel/index.ts';

const LEAST_CHARACTERS = 10;
const MOST_CHARACTERS = 256;
/** In UTF-16 units. A limit is needed because the time to normalise a text grows with the square of its length. */
const MOST_UNITS = 1024;

/**
 * Normalises a password (Unicode NFKC), so that it is the same from every keyboard. Throws `RangeError` for a password
 * longer than `GivenPassword` allows.
 */
export function normalizePassword(password: string): string {
  if (password.length > MOST_UNITS) throw new RangeError('The password is too long to be normalised.');
  return password.normalize('NFKC');
}

// An existing password. The rules for new passwords do not apply, because they may be stricter than when it was set.
export const GivenPassword = z.string().min(1).max(MOST_UNITS);

export const NewPassword = z
  .string()
  .check((input) => {
    const report = (code: string, message: string) =>
      input.issues.push({ code: 'custom', input: input.value, message, params: { code } });
    const length = input.value.length > MOST_UNITS ? input.value.length : characters(normalizePassword(input.value));
    if (length < LEAST_CHARACTERS) report('too_short', `Must have at least ${LEAST_CHARACTERS} characters.`);
    else if (length > MOST_CHARACTERS) report('too_long', `Must have at most ${MOST_CHARACTERS} characters.`);
    else if (/\p{Surrogate}/u.test(input.value)) {
      report('invalid_unicode', 'Must not contain half of a surrogate pair.');
    } else if (COMMON.has(plain(input.value)) || isMonotonous(input.value)) {
      report('too_common', 'Is too easy to guess.');
    }
  })
  .meta({
    minLength: LEAST_CHARACTERS,
    maxLength: MOST_CHARACTERS,
  });

export const PasswordChange = z.strictObject({
  currentPassword: GivenPassword,
  password: NewPassword,
  keepApiKeys: z.boolean().optional(),
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const PasswordByToken = z.strictObject({ token: z.string().min(1).max(1024), password: NewPassword });
export type PasswordByToken = z.infer<typeof PasswordByToken>;

/** Throws `invalid_request` if the password is the user's e-mail address. */
export function checkNotAddress(password: string, email: string | null, pointer = '/password'): void {
  if (email === null || plain(password) !== plain(email)) return;
  throw invalid([{ pointer, code: 'is_address', message: 'Must not be the e-mail address.' }]);
}

function plain(text: string): string {
  return normalizePassword(text).toLowerCase();
}

/** Whether the text consists of only one or two different characters: "aaaaaaaaaa", "1212121212". */
function isMonotonous(text: string): boolean {
  return new Set(plain(text)).size <= 2;
}

// Common passwords of ten or more characters. Shorter passwords are refused anyway.
const COMMON: ReadonlySet<string> = new Set(
  `0123456789 0987654321 1029384756 11223344556 1122334455 1234512345 1234554321 12345678910 123456789a 123456789q
  1234567890 1234567891 1234qwerasdf 123qweasdzxc 147258369a 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc
  9876543210 a123456789 aa12345678 abc1234567 abcd123456 abcd12345678 abcdefghij admin12345 admin123456 administrator
  adminadmin asdfasdfasdf asdfghjkl1 asdfghjkl; basketball changeme12 changeme123 changemenow chocolate1 cinderella
  correcthorsebatterystaple football123 iloveyou12 iloveyou123 iloveyouso letmein123 letmein1234 letmeinnow
  liverpool1 manchester michelle12 minecraft1 mypassword mypassword1 p@ssw0rd12 p@ssw0rd123 p@ssword123 passw0rd12
  passw0rd123 password01 password10 password11 password12 password123 password1234 password12345 password123456
  password2024 password2025 password2026 password!1 password1! passwordpassword pokemon123 princess12 princess123
  q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwer123456 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty
  qwertyuiop qwertyuiop1 qwertyuiop[] qwertyuiop123 snickers12 sunshine12 sunshine123 superman12 superman123
  test123456 testtest12 testtesttest trustno1trustno1 welcome123 welcome1234 welcome2024 welcome2025 welcome2026
  zaq12wsxcde zaq1zaq1zaq1 zxcvbnm123 zxcvbnm1234 curlew1234 curlewcurlew supportdesk`.split(/\s+/),
);
