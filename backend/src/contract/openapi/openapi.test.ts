import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';
import { responseChecker } from '../../../test/api/response-check.ts';
import { ERROR_CODES } from '../../http/error-pages.ts';
import { canonical, normalizeCase } from '../../http/spellings.ts';
import { OPERATION_TEXTS } from '../operations/index.ts';
import { openApiDocument } from './document.ts';
import type { Operation, Response } from './openapi.ts';
import { BEFORE_ROUTING } from './problems.ts';
import { type AnyRoute, PUBLISHED, ROUTES, routeOf } from './routes.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { version } = JSON.parse(read('package.json'));
const document = openApiDocument(version);

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
);

test.each(['1.1', '1.2'] as const)('readers of YAML %s read the same document', (yaml) => {
  expect(parse(read('openapi/api.yaml'), { version: yaml })).toEqual(JSON.parse(JSON.stringify(document)));
});

test('every route is exactly one operation', () => {
  expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(PUBLISHED.map(({ id }) => id).sort());
});

test('every tag is described, and used', () => {
  const used = new Set(operations.flatMap(({ operation }) => operation.tags as string[]));
  expect(document.tags.map((tag) => (tag as { name: string }).name).sort()).toEqual([...used].sort());
});

test('pages for browsers are left out', () => {
  expect(Object.keys(document.paths).filter((path) => path === '/' || path.startsWith('/docs'))).toEqual([]);
});

test('the description is short: generators copy it into every file', () => {
  expect((document.info as { description: string }).description.split('\n')).toHaveLength(3);
});

test('every problem is documented', () => {
  const responses = operations.flatMap(({ operation }) =>
    Object.values(operation.responses).map((one) =>
      '$ref' in one ? document.components.responses[one.$ref.split('/')[3] ?? ''] : one,
    ),
  ) as Response[];
  const documented = new Set(responses.flatMap((response) => response['x-problem-codes'] ?? []));
  const missing = ERROR_CODES.filter((code) => !documented.has(code) && !BEFORE_ROUTING.includes(code));
  expect(missing).toEqual([]);
});

test('every operation has texts, and every text belongs to an operation', () => {
  expect(Object.keys(OPERATION_TEXTS).sort()).toEqual(ROUTES.map(({ id }) => id).sort());
});

test.each([
  ['no texts', { id: 'unheardOf' }, 'The operation unheardOf has no texts.'],
  ['a text for a missing success', { successes: [] }, 'getTask has 0 successes, and texts for 1.'],
  [
    'a text for an unknown parameter',
    { id: 'listTasks' },
    'listTasks has no query parameter ticketId, but a text for it.',
  ],
])('throws if the texts do not fit the route: %s', (_, change, message) => {
  const { query: _query, ...row } = routeOf('getTask');
  expect(() => openApiDocument(version, [{ ...row, ...change } as AnyRoute])).toThrow(message);
});

test.each([
  ['bytes', { maxBytes: 10, successes: [{ status: 200, mediaType: 'image/png' }] }, ['*/*'], ['image/png'], 'binary'],
  ['bytes', { successes: [{ status: 200 }] }, undefined, ['application/octet-stream'], 'binary'],
  ['stream', { successes: [{ status: 200 }] }, undefined, ['text/event-stream'], undefined],
  ['upgrade', { successes: [{ status: 101 }] }, undefined, undefined, undefined],
])('a %s route has the content types of its kind: %j', (kind, change, sent, answered, format) => {
  const row = { ...routeOf('getTask'), kind, accepts: [], ...change } as unknown as AnyRoute;
  const operation = Object.values(openApiDocument(version, [row]).paths)[0]?.get as Operation;
  const { requestBody } = operation as { requestBody?: { content: object } };
  const [answer] = Object.values(operation.responses) as Response[];
  expect(requestBody && Object.keys(requestBody.content)).toEqual(sent);
  expect(answer?.content && Object.keys(answer.content)).toEqual(answered);
  expect(Object.values(answer?.content ?? {})[0]?.schema.format).toBe(format);
  expect(Object.hasOwn(operation.responses, '413')).toBe(sent !== undefined);
});

test.each(ROUTES.filter(({ body }) => body !== undefined))('the example bodies of $id are accepted', (route) => {
  const bodies = Object.values(OPERATION_TEXTS[route.id]?.examples?.bodies ?? {});
  expect(bodies.length, `the texts of ${route.id} have no example`).toBeGreaterThan(0);
  for (const body of bodies) expect(accepted(route, body)).toEqual([]);
});

test.each(ROUTES.filter(({ query }) => query !== undefined))('the example parameters of $id are accepted', (route) => {
  const examples = OPERATION_TEXTS[route.id]?.examples?.query ?? {};
  expect(Object.keys(examples).length, `the texts of ${route.id} have no example`).toBeGreaterThan(0);
  for (const [name, value] of Object.entries(examples)) {
    expect(issuesOf(route.query as z.ZodType, { [name]: value })).toEqual([]);
  }
});

test.each(ROUTES.filter(({ successes }) => successes.some(({ schema }) => schema !== undefined)))(
  'the example answers of $id match the document',
  (route) => {
    const { check } = responseChecker(document);
    const path = route.path.replaceAll(/\{\w+\}/g, '1');
    for (const [status, answers] of Object.entries(OPERATION_TEXTS[route.id]?.examples?.answers ?? {})) {
      for (const answer of Object.values(answers))
        check(route.method, path, Number(status), 'application/json', answer);
    }
  },
);

/** The issues that a route finds in a body. */
function accepted({ body, spellings = {} }: (typeof ROUTES)[number], example: unknown): unknown {
  if (body === undefined) return ['takes no body'];
  if (body.kind === 'create') return issuesOf(body.schema, canonical(example, spellings).body);
  const shape = Object.keys((body.schema as z.ZodObject).shape);
  // The service checks read-only fields and the meaning of null in a patch, so the schema does not see them here.
  const fields = Object.entries(normalizeCase(example as object, spellings)).filter(
    ([name, value]) => shape.includes(name) && (body.kind === 'replace' || value !== null),
  );
  const schema = body.kind === 'merge' ? (body.schema as z.ZodObject).partial() : body.schema;
  return issuesOf(schema, Object.fromEntries(fields));
}

function issuesOf(schema: z.ZodType, value: unknown): unknown {
  return schema.safeParse(value).error?.issues ?? [];
}
