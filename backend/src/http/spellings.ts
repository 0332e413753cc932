import { characters, type Issue, invalid, isObject, issuesOf, TAG_CHARACTERS } from '@curlew/core/kernel';
import type * as z from 'zod';

/** Other names and upper or lower case that callers may use for the fields of a resource. */
export interface Spellings {
  /** Other names of a field, accepted on create. */
  readonly names?: Readonly<Record<string, string>>;
  /** Fields that become a tag `field:value`, accepted on create. */
  readonly tags?: readonly string[];
  /** Enumerations of upper-case words, accepted in any case everywhere. */
  readonly upper?: readonly string[];
  /** Enumerations of lower-case words, accepted in any case everywhere. */
  readonly lower?: readonly string[];
  /** Query parameters of other systems. The contract leaves them out, because with them the answer has another shape. */
  readonly queries?: readonly string[];
}

/** All accepted spellings, by resource. */
export const SPELLINGS = {
  ticket: {
    names: { subject: 'title', customerEmail: 'email' },
    tags: ['category'],
    upper: ['status', 'priority', 'type', 'sentiment'],
  },
  message: { lower: ['kind'] },
  // `GET /users?id=01` answers one user, as `GET /users/01` does.
  user: { names: { user_id: 'id' }, lower: ['role'], queries: ['id'] },
} as const satisfies Readonly<Record<string, Spellings>>;

/** A body in the canonical spelling. */
export interface Spelled {
  readonly body: unknown;
  /** Errors in the spelling itself. */
  readonly issues: readonly Issue[];
  /** The pointer in the caller's body for a pointer into the canonical body. */
  original(pointer: string): string;
}

/** Rewrites a new resource in the canonical spelling. */
export function canonical(body: unknown, spellings: Spellings): Spelled {
  if (!isObject(body)) return { body, issues: [], original: (pointer) => pointer };
  const written = new Map<string, string>();
  const issues: Issue[] = [];
  const result = new Map(Object.entries(normalizeCase(body, spellings)));
  for (const [name, canonicalName] of Object.entries(spellings.names ?? {})) {
    if (!result.has(name)) continue;
    if (!result.has(canonicalName)) {
      result.set(canonicalName, result.get(name));
      written.set(`/${canonicalName}`, `/${name}`);
    } else if (result.get(canonicalName) !== result.get(name)) {
      issues.push({
        pointer: `/${name}`,
        code: 'ambiguous',
        message: `Is another name of ${canonicalName}; give one.`,
      });
    }
    result.delete(name);
  }
  for (const name of spellings.tags ?? []) {
    if (!result.has(name)) continue;
    const value = result.get(name);
    const tags = result.get('tags') ?? [];
    const problem = problemWithTag(name, value);
    if (problem !== undefined) issues.push({ pointer: `/${name}`, ...problem });
    else if (Array.isArray(tags)) {
      written.set(`/tags/${tags.length}`, `/${name}`);
      result.set('tags', [...tags, `${name}:${value}`]);
    }
    result.delete(name);
  }
  return { body: Object.fromEntries(result), issues, original: (pointer) => written.get(pointer) ?? pointer };
}

/**
 * Parses a new resource in any accepted spelling. Throws `invalid_request` with all errors at once. Their pointers
 * lead into the body as the caller wrote it.
 */
export function parseSpelled(schema: z.ZodType, written: unknown, spellings: Spellings): unknown {
  const spelled = canonical(written, spellings);
  const result = schema.safeParse(spelled.body);
  if (result.success && spelled.issues.length === 0) return result.data;
  const found = result.success ? [] : issuesOf(result.error, spelled.body);
  throw invalid([...spelled.issues, ...found.map((one) => ({ ...one, pointer: spelled.original(one.pointer) }))]);
}

function problemWithTag(name: string, value: unknown): Omit<Issue, 'pointer'> | undefined {
  const most = TAG_CHARACTERS - name.length - 1;
  if (typeof value !== 'string') return { code: 'wrong_type', message: 'Must be a string.' };
  if (value.trim() === '') return { code: 'too_short', message: 'Must not be empty.' };
  if (characters(value) > most) return { code: 'too_long', message: `Must have at most ${most} characters.` };
  return undefined;
}

/** The body with its enumeration values in the case that the schemas expect. */
export function normalizeCase(body: object, { upper = [], lower = [] }: Spellings): Readonly<Record<string, unknown>> {
  const result = new Map<string, unknown>(Object.entries(body));
  const each = (names: readonly string[], convert: (text: string) => string) => {
    for (const name of names) {
      const value = result.get(name);
      if (typeof value === 'string') result.set(name, convert(value));
    }
  };
  each(upper, (text) => text.toUpperCase());
  each(lower, (text) => text.toLowerCase());
  return Object.fromEntries(result);
}
