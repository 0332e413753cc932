import { type Issue, invalid } from './errors.ts';
import { isObject, mergePatch, sameJson } from './merge-patch.ts';

/** A resource with the names of the members that people may set; all its others are read-only. */
export interface Editable {
  readonly current: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  /** Read-only members that need not be as they are now, because background work moves them. */
  readonly moving?: ReadonlySet<string>;
}

/** What `input` replaces the resource with. Throws `read_only` for read-only members that are not as they are now. */
export function replacement(resource: Editable, input: unknown): Record<string, unknown> {
  if (!isObject(input)) {
    throw invalid([{ pointer: '', code: 'wrong_type', message: 'The body must be a JSON object.' }]);
  }
  const rest = new Map(Object.entries(input));
  const issues: Issue[] = [];
  for (const key of Object.keys(resource.current)) {
    if (!rest.has(key) || resource.fields.includes(key)) continue;
    if (!sameJson(rest.get(key), resource.current[key]) && !resource.moving?.has(key)) {
      issues.push({ pointer: `/${key}`, code: 'read_only', message: 'Is read-only and differs.' });
    }
    rest.delete(key);
  }
  if (issues.length > 0) throw invalid(issues, 'read_only');
  return Object.fromEntries(rest);
}

/** What the resource becomes by a JSON Merge Patch (RFC 7396). Throws as `replacement` does. */
export function patched(resource: Editable, patch: unknown): Record<string, unknown> {
  const changes = replacement(resource, patch);
  const present = Object.fromEntries(resource.fields.map((field) => [field, resource.current[field]]));
  const merged = mergePatch(present, changes) as Record<string, unknown>;
  // A null for a member that does not exist would vanish in the merge, and the mistake with it.
  const unknown = Object.entries(changes).filter(([key]) => !resource.fields.includes(key));
  return Object.fromEntries([...Object.entries(merged), ...unknown]);
}
