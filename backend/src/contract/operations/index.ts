import { readdirSync } from 'node:fs';
import type * as z from 'zod';
import type { OperationText, PathParameters, SchemaName } from './text-types.ts';

type SchemaText = readonly (readonly [z.ZodType, string])[];

// Every other file in this folder exports the texts of some operations, their schemas, path parameters, named
// schemas and bodies. If a route has no text, its file does not compile. If no file names a route, the printer of the document throws.
const OTHERS = new Set(['index.ts', 'text-types.ts', 'test-request.ts', 'example-data.ts']);
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.ts') && !OTHERS.has(name));
const modules: readonly object[] = await Promise.all(
  files.sort().map((name) => import(new URL(name, import.meta.url).href)),
);
const exported = modules.flatMap((one) => Object.entries(one));

/**
 * The texts of all operations, by operation id. They are separate from routes and schemas, in files that only the
 * printer of the OpenAPI document imports, so that no Lambda function compiles texts at its cold start.
 */
export const OPERATION_TEXTS: Readonly<Record<string, OperationText>> = Object.assign(
  {},
  ...exported.flatMap(([name, texts]) => (name.endsWith('Operations') ? [texts] : [])),
);

/** The subject of each operation: the name of its file. The document groups operations by subject. */
export const OPERATION_SUBJECTS: Readonly<Record<string, string>> = Object.fromEntries(
  modules.flatMap((one, i) =>
    Object.entries(one)
      .filter(([name]) => name.endsWith('Operations'))
      .flatMap(([, texts]) => Object.keys(texts).map((id) => [id, files[i]?.replace('.ts', '') ?? ''])),
  ),
);

/** The texts of query parameters that many lists share. An operation's own text has priority. */
export const PARAMETER_TEXTS: Readonly<Record<string, string>> = {
  limit: 'The maximum number of items on a page; 25 by default.',
  cursor: 'The cursor from the `next` link of the previous page.',
  sort: 'The order of the list; newest first by default.',
};

/** Path parameters that the files of operations describe. */
export const PATH_PARAMETERS: PathParameters = Object.assign(
  {},
  ...exported.flatMap(([name, parameters]) => (name.endsWith('Parameters') ? [parameters] : [])),
);

/** Named schemas that the files of operations describe. */
export const SCHEMA_NAMES = exported.flatMap(([name, names]) =>
  name.endsWith('Names') ? (names as readonly SchemaName[]) : [],
);

/** The descriptions of request bodies, by the name of the component. */
export const BODY_TEXTS: Readonly<Record<string, string>> = Object.assign(
  {},
  ...exported.flatMap(([name, texts]) => (name.endsWith('Bodies') ? [texts] : [])),
);

/** The texts of schemas and their fields. The key is the zod schema object itself. */
export const SCHEMA_TEXTS: ReadonlyMap<unknown, string> = byInstance(
  exported.flatMap(([name, texts]) => (name.endsWith('Schemas') ? (texts as SchemaText[]).flat() : [])),
);

function byInstance(texts: readonly (readonly [z.ZodType, string])[]): Map<unknown, string> {
  const all = new Map<unknown, string>();
  for (const [schema, text] of texts) {
    const other = all.get(schema);
    if (other !== undefined && other !== text) {
      throw new Error(`Two fields share one schema object, so they cannot have two texts: "${other}" and "${text}".`);
    }
    all.set(schema, text);
  }
  return all;
}
