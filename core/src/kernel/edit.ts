import type * as z from 'zod';
import { type Issue, invalid } from './errors.ts';
import { isSameInstant } from './instant.ts';
import { isObject, mergePatch } from './merge-patch.ts';
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
    if (!isPresentValue(rest.get(key), current[key]) && !moving?.has(key)) {
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

/**
 * Whether `given` is the present value as a client sends it back: libraries for JSON and dates print instants in other
 * forms, and leave members out that are null.
 */
function isPresentValue(given: unknown, current: unknown): boolean {
  if (typeof current === 'string')
    return given === current || (typeof given === 'string' && isSameInstant(given, current));
  if (Array.isArray(current)) {
    const same = (one: unknown, i: number) => isPresentValue(one, current[i]);
    return Array.isArray(given) && given.length === current.length && given.every(same);
  }
  if (!isObject(current)) return (given ?? null) === current;
  if (!isObject(given)) return false;
  const members = new Map(Object.entries(given));
  return (
    Object.keys(given).every((key) => Object.hasOwn(current, key)) &&
    Object.entries(current).every(([key, value]) => isPresentValue(members.get(key) ?? null, value))
  );
}

function parseEdit<Schema extends z.ZodType>(schema: Schema, value: unknown, readOnly: Issue[]): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid([...readOnly, ...issuesOf(result.error, value)]);
  if (readOnly.length > 0) throw invalid(readOnly, 'read_only');
  return result.data;
}
