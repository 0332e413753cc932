import type * as z from 'zod';
import { type Issue, invalid } from './errors.ts';
import { isObject, mergePatch, sameJson } from './merge-patch.ts';
import { issuesOf } from './parse.ts';

/** A resource as it is now, with the names of the members that people may set; all its others are read-only. */
export interface Editable {
  readonly current: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  /** Read-only members that need not be as they are now, because background work moves them. */
  readonly moving?: ReadonlySet<string>;
}

/**
 * What `input` replaces the resource's members with, by `schema`. Read-only members are accepted as they are now.
 * Throws every problem at once: `read_only` when all there is to say is that read-only members differ, else
 * `invalid_request`.
 */
export function applyReplacement<Schema extends z.ZodType>(schema: Schema, resource: Editable, input: unknown) {
  const { rest, issues } = withoutReadOnly(resource, input);
  return parseEdit(schema, Object.fromEntries(rest), issues);
}

/** The same for a JSON Merge Patch (RFC 7396). */
export function applyPatch<Schema extends z.ZodType>(schema: Schema, resource: Editable, patch: unknown) {
  const { rest, issues } = withoutReadOnly(resource, patch);
  const present = Object.fromEntries(resource.fields.map((field) => [field, resource.current[field]]));
  const merged = mergePatch(present, Object.fromEntries(rest)) as Record<string, unknown>;
  // A null for a member that does not exist would vanish in the merge, and the mistake with it.
  const unknown = [...rest].filter(([key]) => !resource.fields.includes(key));
  return parseEdit(schema, Object.fromEntries([...Object.entries(merged), ...unknown]), issues);
}

function withoutReadOnly({ current, fields, moving }: Editable, input: unknown) {
  if (!isObject(input)) {
    throw invalid([{ pointer: '', code: 'wrong_type', message: 'The body must be a JSON object.' }]);
  }
  const rest = new Map(Object.entries(input));
  const issues: Issue[] = [];
  for (const key of Object.keys(current)) {
    if (!rest.has(key) || fields.includes(key)) continue;
    if (!sameJson(rest.get(key), current[key]) && !moving?.has(key)) {
      issues.push({ pointer: `/${key}`, code: 'read_only', message: 'Is read-only and differs.' });
    }
    rest.delete(key);
  }
  return { rest, issues };
}

function parseEdit<Schema extends z.ZodType>(schema: Schema, value: unknown, readOnly: Issue[]): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid([...readOnly, ...issuesOf(result.error, value)]);
  if (readOnly.length > 0) throw invalid(readOnly, 'read_only');
  return result.data;
}
