import type * as z from 'zod';
import { type Issue, invalid } from './errors.ts';
import { isObject, isSameJson, mergePatch } from './merge-patch.ts';
import { issuesOf } from './parse.ts';

/** A resource in its present state, and the names of its editable members. All other members are read-only. */
export interface Editable {
  readonly current: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  /** Read-only members that background work changes. The caller may send old values of them. */
  readonly moving?: ReadonlySet<string>;
}

/**
 * Parses the body of a PUT by `schema`, and drops read-only members whose values are unchanged. Reports all problems at
 * once: throws `read_only` if the only problems are changed read-only members, otherwise `invalid_request`.
 */
export function applyReplacement<Schema extends z.ZodType>(schema: Schema, resource: Editable, input: unknown) {
  const { rest, issues } = withoutReadOnly(resource, input);
  return parseEdit(schema, Object.fromEntries(rest), issues);
}

/** Applies a JSON Merge Patch (RFC 7396) to the editable members, and parses the result like `applyReplacement`. */
export function applyPatch<Schema extends z.ZodType>(schema: Schema, resource: Editable, patch: unknown) {
  const { rest, issues } = withoutReadOnly(resource, patch);
  const present = Object.fromEntries(resource.fields.map((field) => [field, resource.current[field]]));
  const merged = mergePatch(present, Object.fromEntries(rest)) as Record<string, unknown>;
  // The merge would silently drop a null for an unknown member, so unknown members are added again after it.
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
    if (!isSameJson(rest.get(key), current[key]) && !moving?.has(key)) {
      issues.push({
        pointer: `/${key}`,
        code: 'read_only',
        message: 'Is read-only; send its present value or leave it out.',
      });
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
