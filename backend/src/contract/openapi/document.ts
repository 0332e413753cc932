import { introduction, TAGS } from './introduction.ts';
import type { Document, Schema } from './openapi.ts';
import { pathItems } from './operations.ts';
import { PARAMETERS } from './parameters.ts';
import { PROBLEM_SCHEMAS, problemResponses } from './problems.ts';
import { type AnyRoute, ROUTES } from './routes.ts';
import { SECURITY_SCHEMES } from './security.ts';
import { HEADERS } from './successes.ts';

/** The OpenAPI document of the contract. The same routes always produce the same document. */
export function openApiDocument(version: string, routes: readonly AnyRoute[] = ROUTES): Document {
  const schemas = new Map<string, Schema>();
  const problems = problemResponses(routes);
  const paths = pathItems(routes, problems, schemas);
  for (const [name, schema] of Object.entries(PROBLEM_SCHEMAS)) schemas.set(name, schema);
  return {
    openapi: '3.0.4',
    info: {
      title: 'Curlew',
      version,
      description: introduction(),
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/v1', description: 'This server.' }],
    security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })),
    tags: TAGS,
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(byName)),
      responses: sorted(problems.responses),
      parameters: PARAMETERS,
      headers: HEADERS,
      examples: sorted(problems.examples),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(byName));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
