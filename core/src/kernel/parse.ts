import type * as z from 'zod';
import { type Issue, invalid, MOST_ISSUES } from './errors.ts';
import { isObject } from './merge-patch.ts';

/** Parses input from a caller. Throws `invalid_request` with all problems at once. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(issuesOf(result.error, input));
}

/**
 * Converts the issues of zod. Each gets a JSON Pointer, and a code that stays the same if zod changes its messages.
 * Converts only one more than the first `MOST_ISSUES`.
 */
export function issuesOf(error: z.ZodError, input: unknown): Issue[] {
  return error.issues.slice(0, MOST_ISSUES + 1).flatMap((issue) => {
    const pointer = pointerTo(issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, MOST_ISSUES + 1).map((key) => ({
        pointer: pointerTo([...issue.path, key]),
        code: 'unknown_field',
        message: 'Is not a field of this resource; remove it.',
      }));
    }
    if (issue.code !== 'custom' && valueAt(input, issue.path) === undefined) {
      return [{ pointer, code: 'required', message: 'Is required.' }];
    }
    return [{ pointer, code: codeOf(issue), message: messageOf(issue) }];
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong_type';
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? 'too_large' : 'too_long';
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? 'too_small' : 'too_short';
    case 'invalid_format':
      return 'invalid_format';
    case 'custom':
      return typeof issue.params?.code === 'string' ? issue.params.code : 'invalid_value';
    default:
      return 'invalid_value';
  }
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${WITH_ARTICLE[issue.expected] ?? `of type ${issue.expected}`}.`;
    case 'invalid_value':
      return `Must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return `Must be at most ${issue.maximum}${UNIT[issue.origin] ?? ''}.`;
    case 'too_small':
      return `Must be at least ${issue.minimum}${UNIT[issue.origin] ?? ''}.`;
    case 'invalid_format':
      return FORMAT[issue.format] ?? `Must match ${issue.pattern ?? issue.format}.`;
    case 'custom':
      return issue.message;
    default:
      return 'Is not valid.';
  }
}

const WITH_ARTICLE: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const UNIT: Readonly<Record<string, string>> = { string: ' characters long', array: ' items long' };
const FORMAT: Readonly<Record<string, string>> = {
  email: 'Must be an e-mail address.',
};

/** The JSON Pointer (RFC 6901) to a path. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[String(key)];
    else return undefined;
  }
  return value;
}
