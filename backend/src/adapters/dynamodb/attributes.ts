import { isObject } from '@curlew/core/kernel';

/** Converts a value to a stored attribute and back. If `put` returns undefined, no attribute is stored. */
export interface Attribute<Value> {
  readonly put: (value: Value) => unknown;
  /** Throws for an attribute that `put` cannot have written. */
  readonly get: (stored: unknown) => Value;
}

/** One attribute for each field. A missing field or a field of another type is a compile error. */
export type Attributes<Item> = { readonly [Field in keyof Item]-?: Attribute<Item[Field]> };

export const number: Attribute<number> = { put: (value) => value, get: (stored) => ofType<number>('number', stored) };
export const flag: Attribute<boolean> = { put: (value) => value, get: (stored) => ofType<boolean>('boolean', stored) };

export function text<Value extends string>(): Attribute<Value> {
  return { put: (value) => value, get: (stored) => ofType<Value>('string', stored) };
}

/** An empty text is not stored. */
export const textOrEmpty: Attribute<string> = {
  put: (value) => value || undefined,
  get: (stored) => (stored === undefined ? '' : ofType<string>('string', stored)),
};

export function list<Value extends string>(): Attribute<Value[]> {
  return {
    put: (values) => values,
    get(stored) {
      if (!Array.isArray(stored)) throw unreadable('a list', stored);
      return stored;
    },
  };
}

/** A map that is stored unchanged; its members are not checked. */
export function plainMap<Value extends object>(): Attribute<Value> {
  return {
    put: (value) => value,
    get(stored) {
      if (!isObject(stored)) throw unreadable('a map', stored);
      return stored as Value;
    },
  };
}

/** A value stored as JSON text: DynamoDB's numbers differ from JSON's, and JSON members may have any name. */
export function json<Value>(): Attribute<Value> {
  return { put: (value) => JSON.stringify(value), get: (stored) => JSON.parse(ofType<string>('string', stored)) };
}

/** Null is stored as NULL. A missing attribute is read as null, so a new field can be read from older items. */
export function nullable<Value>({ put, get }: Attribute<Value>): Attribute<Value | null> {
  return {
    put: (value) => (value === null ? null : put(value)),
    get: (stored) => (stored === undefined || stored === null ? null : get(stored)),
  };
}

/** Null is not stored, and a missing attribute is read as null. */
export function optional<Value>(attribute: Attribute<Value>): Attribute<Value | null> {
  const { put, get } = nullable(attribute);
  return { put: (value) => put(value) ?? undefined, get };
}

/** A map with one attribute for each field. `get` ignores other members. */
export function mapOf<Item extends object>(attributes: Attributes<Item>) {
  return {
    put(item: Item): Readonly<Record<string, unknown>> {
      const stored: Record<string, unknown> = {};
      for (const field in attributes) {
        const value = attributes[field].put(item[field]);
        if (value !== undefined) stored[field] = value;
      }
      return stored;
    },
    get(stored: unknown): Item {
      if (!isObject(stored)) throw unreadable('a map', stored);
      const item: Partial<Item> = {};
      for (const field in attributes) item[field] = attributes[field].get(stored[field]);
      return item as Item;
    },
  };
}

function ofType<Value>(type: 'string' | 'number' | 'boolean', stored: unknown): Value {
  if (typeof stored !== type) throw unreadable(`a ${type}`, stored);
  return stored as Value;
}

function unreadable(expected: string, stored: unknown): Error {
  return new Error(`A stored attribute must be ${expected}, but is ${stored === null ? 'null' : typeof stored}.`);
}
