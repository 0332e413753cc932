import * as z from 'zod';
import { SCHEMA_TEXTS } from '../operations/index.ts';
import type { Schema } from './openapi.ts';
import { DESCRIPTIONS, NAMES } from './schema-names.ts';
import { tidier } from './tidy-schema.ts';

/** The component name of a schema. For an array schema, the component name of its items. */
export function nameOf(schema: z.ZodType): string | undefined {
  return NAMES.get(schema instanceof z.ZodArray ? schema.element : schema);
}

/**
 * Converts a zod schema to an OpenAPI 3.0 schema. The named schemas that it refers to are added to `components`.
 * `input` describes requests, `output` responses.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Schema>): Schema {
  const { definitions = {}, ...root } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    // If zod cannot express a schema in OpenAPI, the schema's metadata contains the JSON Schema instead.
    unrepresentable: 'any',
    metadata: WITH_NAMES,
  }) as Schema & { definitions?: Readonly<Record<string, Schema>> };
  const tidied = tidier(io, definitions, components);
  for (const [name, definition] of Object.entries(definitions)) {
    const description = DESCRIPTIONS[name];
    if (components.has(name)) continue;
    components.set(name, { ...(description === undefined ? {} : { description }), ...tidied(definition) });
  }
  return tidied(root);
}

const WITH_NAMES = Object.assign(z.registry<z.core.GlobalMeta>(), {
  get(schema: z.core.$ZodType) {
    const id = NAMES.get(schema);
    const meta = z.globalRegistry.get(schema);
    const description = SCHEMA_TEXTS.get(schema);
    if (id === undefined && description === undefined) return meta;
    return { ...meta, ...(description === undefined ? {} : { description }), ...(id === undefined ? {} : { id }) };
  },
});
