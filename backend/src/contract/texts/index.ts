import { readdirSync } from 'node:fs';
import type * as z from 'zod';
import type { OperationText } from './text-types.ts';

type SchemaText = readonly (readonly [z.ZodType, string])[];

// Every other file here exports the texts of some operations, and of their schemas. Routes without texts do not compile
// in its file; the printer refuses a route that no file names.
const OTHERS = new Set(['index.ts', 'text-types.ts', 'test-request.ts', 'example-data.ts']);
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.ts') && !OTHERS.has(name));
const exported = (await Promise.all(files.sort().map((name) => import(new URL(name, import.meta.url).href)))).flatMap(
  Object.entries,
);

/**
 * What the contract says to people. It lives apart from routes and schemas, in files that only the printer of the
 * OpenAPI document imports: no function compiles texts at its cold start.
 */
export const OPERATION_TEXTS: Readonly<Record<string, OperationText>> = Object.assign(
  {},
  ...exported.flatMap(([name, texts]) => (name.endsWith('Operations') ? [texts] : [])),
);

/** Of query parameters that many lists have, unless the operation says otherwise. */
export const PARAMETER_TEXTS: Readonly<Record<string, string>> = {
  limit: 'At most so many items; 25 unless given.',
  cursor: 'From the `next` link of the page before.',
  sort: 'Newest first unless given.',
};

/** The texts of schemas and their fields, each by the schema itself. */
export const SCHEMA_TEXTS: ReadonlyMap<unknown, string> = byInstance(
  exported.flatMap(([name, texts]) => (name.endsWith('Schemas') ? (texts as SchemaText[]).flat() : [])),
);

function byInstance(texts: readonly (readonly [z.ZodType, string])[]): Map<unknown, string> {
  const all = new Map<unknown, string>();
  for (const [schema, text] of texts) {
    const other = all.get(schema);
    if (other !== undefined && other !== text) {
      throw new Error(`Two fields share a schema, and would share a text: "${other}" and "${text}".`);
    }
    all.set(schema, text);
  }
  return all;
}
