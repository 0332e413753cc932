import type * as z from 'zod';
import { analyticsOperations } from './analytics.ts';
import { apiKeysOperations, apiKeysSchemas } from './api-keys.ts';
import { auditOperations, auditSchemas } from './audit.ts';
import { organizationsOperations, organizationsSchemas } from './organizations.ts';
import { serviceOperations } from './service.ts';
import { sessionsOperations, sessionsSchemas } from './sessions.ts';
import { tasksOperations, tasksSchemas } from './tasks.ts';
import type { OperationText } from './text-types.ts';
import { ticketsOperations, ticketsSchemas } from './tickets.ts';
import { triageOperations, triageSchemas } from './triage.ts';
import { usersOperations, usersSchemas } from './users.ts';

/**
 * What the contract says to people. It lives apart from routes and schemas, in files that only the printer of the
 * OpenAPI document imports: no function compiles texts at its cold start.
 */
export const OPERATION_TEXTS = {
  ...ticketsOperations,
  ...triageOperations,
  ...tasksOperations,
  ...usersOperations,
  ...sessionsOperations,
  ...apiKeysOperations,
  ...organizationsOperations,
  ...auditOperations,
  ...analyticsOperations,
  ...serviceOperations,
} satisfies Readonly<Record<string, OperationText>>;

/** Of query parameters that many lists have, unless the operation says otherwise. */
export const PARAMETER_TEXTS: Readonly<Record<string, string>> = {
  limit: 'At most so many items; 25 unless given.',
  cursor: 'From the `next` link of the page before.',
  sort: 'Newest first unless given.',
};

/** The texts of schemas and their fields, each by the schema itself. */
export const SCHEMA_TEXTS: ReadonlyMap<unknown, string> = byInstance(
  [
    ...ticketsSchemas,
    ...triageSchemas,
    ...tasksSchemas,
    ...usersSchemas,
    ...sessionsSchemas,
    ...apiKeysSchemas,
    ...organizationsSchemas,
    ...auditSchemas,
  ].flat(),
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
