import { isObject } from '@curlew/core/kernel';

/** How else callers may write what a resource calls by one name. */
export interface Spellings {
  /** Other names of a field. */
  readonly names?: Readonly<Record<string, string>>;
  /** Fields that become a tag `field:value`, accepted on create. */
  readonly tags?: readonly string[];
  /** Enumerations of upper-case words, accepted in any case everywhere. */
  readonly upper?: readonly string[];
  /** Enumerations of lower-case words, accepted in any case everywhere. */
  readonly lower?: readonly string[];
}

/** Every accepted spelling there is. */
export const SPELLINGS = {
  ticket: {
    names: { subject: 'title', customerEmail: 'email' },
    tags: ['category'],
    upper: ['status', 'priority', 'type', 'sentiment'],
  },
  message: { lower: ['kind'] },
  user: { names: { user_id: 'id' }, lower: ['role'] },
} as const satisfies Readonly<Record<string, Spellings>>;

/** A body in the canonical spelling, and for each pointer into it what the caller had written there. */
export interface Spelled {
  readonly body: unknown;
  original(pointer: string): string;
}

/**
 * Rewrites a new resource in the canonical spelling. A field may come under two names with one value; with two values
 * the other name stays as it is, and is refused as unknown.
 */
export function canonical(body: unknown, spellings: Spellings): Spelled {
  if (!isObject(body)) return { body, original: (pointer) => pointer };
  const written = new Map<string, string>();
  const result = new Map(Object.entries(renamed(body, spellings)));
  for (const [name, canonicalName] of Object.entries(spellings.names ?? {})) {
    if (Object.hasOwn(body, name) && !result.has(name)) written.set(`/${canonicalName}`, `/${name}`);
  }
  for (const name of spellings.tags ?? []) {
    const value = result.get(name);
    const tags = result.get('tags') ?? [];
    if (typeof value !== 'string' || !Array.isArray(tags)) continue;
    written.set(`/tags/${tags.length}`, `/${name}`);
    result.set('tags', [...tags, `${name}:${value}`]);
    result.delete(name);
  }
  return { body: Object.fromEntries(result), original: (pointer) => written.get(pointer) ?? pointer };
}

/** The body of a change with every field under its canonical name, and its enumerations in the case of the schemas. */
export function renamed(body: object, spellings: Spellings): Readonly<Record<string, unknown>> {
  const result = new Map(Object.entries(inCase(body, spellings)));
  for (const [name, canonicalName] of Object.entries(spellings.names ?? {})) {
    if (!result.has(name) || (result.has(canonicalName) && result.get(canonicalName) !== result.get(name))) continue;
    result.set(canonicalName, result.get(name));
    result.delete(name);
  }
  return Object.fromEntries(result);
}

/** The body with its enumerations in the case that the schemas know. */
export function inCase(body: object, { upper = [], lower = [] }: Spellings): Readonly<Record<string, unknown>> {
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
