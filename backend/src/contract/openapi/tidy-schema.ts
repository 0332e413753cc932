import { refTo, type Schema } from './openapi.ts';

type Definitions = Readonly<Record<string, Schema>>;

/**
 * Rewrites zod's output as plain OpenAPI 3.0: references to components, without meaningless bounds and patterns.
 * Inputs are closed. Outputs are open, because a client must expect new members.
 */
export function tidier(io: 'input' | 'output', definitions: Definitions, components: Map<string, Schema>) {
  return tidy;

  function tidy(schema: Schema): Schema {
    const [only, ...others] = (schema.allOf ?? []) as Schema[];
    if (only?.$ref !== undefined && others.length === 0) {
      const name = nameIn(only.$ref);
      return refTo('schemas', schema.nullable === true ? nullable(name) : name);
    }
    const result: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (isMeaningless(keyword, value, schema)) continue;
      if (keyword === '$ref') result.$ref = refTo('schemas', nameIn(String(value))).$ref;
      else if (keyword === 'properties') result.properties = eachTidy(value as Definitions);
      else if (keyword === 'items') result.items = tidy(value as Schema);
      else if (keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'allOf') {
        result[keyword] = (value as Schema[]).map(tidy);
      } else if (keyword === 'additionalProperties' && typeof value === 'object') {
        result.additionalProperties = Object.keys(value as object).length === 0 || tidy(value as Schema);
      } else result[keyword] = value;
    }
    return inOrder({ ...result, ...addedKeywords(schema) });
  }

  function isMeaningless(keyword: string, value: unknown, schema: Schema): boolean {
    if (keyword === '$schema' || keyword === 'id') return true;
    if (keyword === 'additionalProperties' && value === false) return io === 'output';
    // zod adds the bounds of safe integers to every integer; the API itself has no such limits.
    if (Math.abs(value as number) === Number.MAX_SAFE_INTEGER) return true;
    // The pattern of a date-time is very long and repeats only what `format` says.
    if (keyword === 'pattern') return schema.format === 'date-time';
    // Checks of `format: email` refuse addresses that the pattern allows, such as admin@localhost.
    if (keyword === 'format' && value === 'email') return schema.pattern !== undefined;
    return keyword === 'properties' && Object.keys(value as object).length === 0;
  }

  function eachTidy(properties: Definitions): Definitions {
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, tidy(one)]));
  }

  /**
   * The component that also allows null. In OpenAPI 3.0 a `$ref` has no siblings such as `nullable`, and generators
   * fail at `allOf` beside `nullable`.
   */
  function nullable(name: string): string {
    const ownName = `Nullable${name}`;
    if (!components.has(ownName)) components.set(ownName, tidy({ ...definitions[name], nullable: true }));
    return ownName;
  }
}

function addedKeywords({ type, format, enum: values, nullable }: Schema): Schema {
  const names = (values as readonly unknown[] | undefined)?.map(String) ?? [];
  return {
    // Without a format Go and other languages generate numbers of single precision.
    ...(type === 'number' && format === undefined ? { format: 'double' } : {}),
    ...(names.every((name) => /^[A-Za-z_]\w*$/.test(name)) ? {} : { 'x-enum-varnames': names.map(variableName) }),
    ...(nullable === true && Array.isArray(values) ? { enum: [...values, null] } : {}),
  };
}

/** A constant's name in generated code for a value that is no identifier: `-createdAt` is `CREATED_AT_DESC`. */
function variableName(value: string): string {
  const words = value
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/^-|\W+/g, '_')
    .replaceAll(/^_/g, '');
  return `${words}${value.startsWith('-') ? '_DESC' : ''}`.toUpperCase();
}

const FIRST = ['$ref', 'type', 'nullable', 'format', 'enum', 'x-enum-varnames', 'description'];

function inOrder(schema: Schema): Schema {
  const place = (keyword: string) => (FIRST.includes(keyword) ? FIRST.indexOf(keyword) : FIRST.length);
  return Object.fromEntries(Object.entries(schema).sort(([a], [b]) => place(a) - place(b)));
}

function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
