import { creationSort } from '../../http/query.ts';
import { SCHEMA_NAMES } from '../operations/index.ts';

/** The schemas that become named components. All other schemas are written in place. */
export const NAMES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [creationSort.unwrap(), 'CreationSort'],
  ...SCHEMA_NAMES.map(([schema, name]) => [schema, name] as const),
]);

export const DESCRIPTIONS: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  SCHEMA_NAMES.map(([, name, description]) => [name, description]),
);

/** The resource's name, if the response to its creation is a schema of its own with more fields. */
export const NOUNS: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  SCHEMA_NAMES.map(([, name, , noun]) => [name, noun]),
);
