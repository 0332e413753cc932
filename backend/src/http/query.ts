import { CREATION_SORTS, type Issue, invalid, parse, pointerTo } from '@curlew/core/kernel';
import * as z from 'zod';
import type { Call } from './contract.ts';
import { normalizeCase, type Spellings } from './spellings.ts';

/** The parameters that every list has. */
export const pageParameters = {
  limit: z.int().min(1).max(100).optional(),
  cursor: z.string().max(1000).optional(),
};
export const creationSort = z.enum(CREATION_SORTS).optional();

/** A list of 1 to 10 values separated by commas. A resource matches if it has any of them. */
export const anyOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(10).optional();

/**
 * Parses the query string by its schema, and converts strings to the schema's types. A list may be repeated, and its
 * name may end with brackets. Throws `invalid_request`.
 */
export function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  given: Readonly<Record<string, string[]>>,
  spellings: Spellings,
): z.output<Schema> {
  const issues: Issue[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, texts] of Object.entries(withoutBrackets(schema, given))) {
    const pointer = pointerTo(['query', name]);
    const text = isList(schema, name) ? texts.join(',') : (texts[0] ?? '');
    if (!Object.hasOwn(schema.shape, name)) {
      issues.push({
        pointer,
        code: 'unknown_parameter',
        message: 'Is not a query parameter of this operation; remove it.',
      });
    } else if (texts.length > 1 && !isList(schema, name)) {
      issues.push({ pointer, code: 'repeated', message: 'May appear only once.' });
    } else {
      values[name] = convertValue(
        schema.shape[name] as z.ZodType,
        normalizeCase({ [name]: text }, spellings)[name] as string,
      );
    }
  }
  try {
    const parsed = parse(schema, values);
    if (issues.length === 0) return parsed;
  } catch (error) {
    const found = (error as { issues?: readonly Issue[] }).issues ?? [];
    issues.push(...found.map((issue) => ({ ...issue, pointer: `/query${issue.pointer}` })));
  }
  throw invalid(issues);
}

/**
 * Several clients write a list as `name=a&name=b` or `name[]=a&name[]=b`. Both mean the same as `name=a,b`. Other names
 * with brackets stay unknown.
 */
function withoutBrackets(schema: z.ZodObject, given: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [written, texts] of Object.entries(given)) {
    const plain = written.endsWith('[]') ? written.slice(0, -2) : written;
    const name = isList(schema, plain) ? plain : written;
    result.set(name, [...(result.get(name) ?? []), ...texts]);
  }
  return Object.fromEntries(result);
}

function isList(schema: z.ZodObject, name: string): boolean {
  return Object.hasOwn(schema.shape, name) && innerOf(schema.shape[name] as z.ZodType) instanceof z.ZodArray;
}

function innerOf(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function convertValue(schema: z.ZodType, text: string): unknown {
  const inner = innerOf(schema);
  if (inner instanceof z.ZodArray) return text.split(',');
  if (inner instanceof z.ZodNumber) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (inner instanceof z.ZodBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** The requested page of a list that is sorted by creation. */
export function sortedPage(call: Call<{ sort?: '-createdAt' | 'createdAt' | undefined }, unknown>) {
  return { ...call.page(), sort: call.query.sort ?? ('-createdAt' as const) };
}
