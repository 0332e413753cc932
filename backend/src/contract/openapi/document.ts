import { DESCRIPTION, TAGS } from './introduction.ts';
import { type Document, refTo, type Schema } from './openapi.ts';
import { pathItems } from './operations.ts';
import { PARAMETERS } from './parameters.ts';
import { PROBLEM_SCHEMAS, problemResponses } from './problems.ts';
import { type AnyRoute, PUBLISHED } from './routes.ts';
import { SECURITY_SCHEMES } from './security.ts';
import { HEADERS } from './successes.ts';

/** The OpenAPI document of the contract, without pages for browsers. The same routes always produce the same document. */
export function openApiDocument(version: string, routes: readonly AnyRoute[] = PUBLISHED): Document {
  const schemas = new Map<string, Schema>();
  const problems = problemResponses(routes);
  const paths = pathItems(routes, problems, schemas);
  for (const [name, schema] of Object.entries(PROBLEM_SCHEMAS)) schemas.set(name, schema);
  return {
    openapi: '3.0.4',
    info: {
      title: 'Curlew',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/v1', description: 'This server.' }],
    security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })),
    tags: TAGS,
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(byName)),
      responses: sorted(problems.responses),
      parameters: usedIn(paths, PARAMETERS),
      headers: HEADERS,
      examples: sorted(problems.examples),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(byName));
}

function usedIn(paths: object, parameters: Readonly<Record<string, object>>): Record<string, object> {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => text.includes(`"${refTo('parameters', name).$ref}"`)),
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
