import * as z from 'zod';

// Control characters, which no support text needs and which break terminals and logs. Prose may contain tabs and line
// breaks. This is not all of \p{Cc}: U+0085 and the C1 block appear in real e-mail that was decoded wrongly.
const CONTROLS_IN_LINE = /[\u0000-\u001f\u007f]/;
const CONTROLS_IN_PROSE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export const TITLE_CHARACTERS = 200;
export const NAME_CHARACTERS = 200;
/** The limit of a description and of a message. */
export const PROSE_CHARACTERS = 20_000;
export const TAG_CHARACTERS = 40;
export const EXTERNAL_ID_CHARACTERS = 255;

/** Length in characters as people count them: code points, as JSON Schema does, not UTF-16 units. */
export function characters(text: string): number {
  let surrogatePairs = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) surrogatePairs++;
  }
  return text.length - surrogatePairs;
}

/** The first `limit` characters, never half of a surrogate pair. */
export function firstCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

function text(minLength: number, maxLength: number, controls: RegExp, exceptions: string) {
  return z
    .string()
    .check((input) => {
      const value = input.value;
      const report = (code: string, message: string) =>
        input.issues.push({ code: 'custom', input: value, message, params: { code }, continue: true });
      if (minLength > 0 && value.trim().length < minLength) {
        report('too_short', minLength === 1 ? 'Must not be empty.' : `Must have at least ${minLength} characters.`);
      }
      if (value.length > maxLength && characters(value) > maxLength) {
        report('too_long', `Must have at most ${maxLength} characters.`);
      }
      if (controls.test(value)) report('control_character', `Must not contain control characters${exceptions}.`);
      if (LONE_SURROGATE.test(value)) report('invalid_unicode', 'Must not contain half of a surrogate pair.');
    })
    .meta({ ...(minLength > 0 ? { minLength } : {}), maxLength });
}

/** Text on one line. Lengths in characters. */
export const line = (minLength: number, maxLength: number) => text(minLength, maxLength, CONTROLS_IN_LINE, '');

/** Text of several lines. Lengths in characters. */
export const prose = (minLength: number, maxLength: number) =>
  text(minLength, maxLength, CONTROLS_IN_PROSE, ' other than tab and line breaks');

/**
 * An e-mail address by the rule of browser forms (HTML Living Standard, 4.10.5.1.5), which allows characters like + & /
 * =.
 */
export const EmailAddress = z.email({ pattern: z.regexes.html5Email }).max(254);

/** The caller's own id for a resource, from another system. */
export const ExternalId = line(1, EXTERNAL_ID_CHARACTERS);
