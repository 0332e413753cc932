import { expect, test } from 'vitest';
import { openApiDocument } from './document.ts';
import type { Components, Schema } from './openapi.ts';

// Each of these rules is needed by a generator of clients that fails or prints wrong code without it.
const document = JSON.parse(JSON.stringify(openApiDocument('1.0.0')));
const components = document.components as Components;

interface Place {
  readonly path: string;
  readonly schema: Schema;
}

/** The value and everything in it, with references resolved once. Examples are no schemas. */
function schemasIn(value: unknown, path: string, seen = new Set<string>()): Place[] {
  if (typeof value !== 'object' || value === null || /\/(examples?|enum)$/.test(path)) return [];
  const { $ref } = value as Schema;
  if ($ref !== undefined) {
    if (seen.has($ref)) return [];
    seen.add($ref);
    const [, , kind, name] = $ref.split('/') as [string, string, keyof Components, string];
    return schemasIn(components[kind][name], `${kind}/${name}`, seen);
  }
  const own = 'type' in value && typeof value.type === 'string' ? [{ path, schema: value as Schema }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => schemasIn(one, `${path}/${key}`, seen))];
}

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as object).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
);
const answers = operations.flatMap(({ name, responses }) => schemasIn(responses, name));
const requests = operations.flatMap(({ name, requestBody }) => schemasIn(requestBody ?? {}, name));

function pathsOf(places: readonly Place[], isWrong: (schema: Schema) => boolean): string[] {
  return [...new Set(places.filter(({ schema }) => isWrong(schema)).map(({ path }) => path))];
}

test('answers are open, because a client must expect new members', () => {
  expect(pathsOf(answers, ({ additionalProperties }) => additionalProperties === false)).toEqual([]);
});

test('requests are closed, because the server refuses unknown members', () => {
  const bodies = operations.flatMap(({ requestBody }) =>
    Object.values((requestBody?.content ?? {}) as Record<string, { schema: Schema }>).map(({ schema }) => schema.$ref),
  );
  const named = bodies.map((ref) => components.schemas[ref?.split('/').at(-1) ?? '']);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((schema) => schema?.additionalProperties !== false)).toEqual([]);
});

test('an object inside an answer is a component, so that its generated type has a short name', () => {
  const isInline = (path: string) => /^schemas\/\w+\/.*properties|items/.test(path);
  const objects = answers.filter(({ path, schema }) => isInline(path) && schema.type === 'object');
  expect(pathsOf(objects, ({ properties }) => properties !== undefined)).toEqual([
    'schemas/PersonalData/properties/user',
  ]);
});

test('a list of values inside an answer is a component', () => {
  const enums = answers.filter(({ path }) => path.includes('/properties/'));
  const single = (schema: Schema) => (schema.enum as unknown[]).length === 1;
  expect(pathsOf(enums, (schema) => schema.enum !== undefined && !single(schema))).toEqual([]);
});

test('a response has one schema: no generator can tell alternatives apart', () => {
  const text = JSON.stringify([...operations.map(({ responses }) => responses), components.schemas]);
  expect(text).not.toMatch(/"(anyOf|oneOf|allOf)":/);
});

test('numbers have double precision', () => {
  const numbers = [...answers, ...requests].filter(({ schema }) => schema.type === 'number');
  expect(numbers.length).toBeGreaterThan(3);
  expect(pathsOf(numbers, ({ format }) => format !== 'double')).toEqual([]);
});

test('values that are no identifiers have names, and the names differ', () => {
  const all = schemasIn(document, '').filter(({ schema }) => schema.enum !== undefined);
  const names = ({ schema }: Place) => (schema['x-enum-varnames'] ?? schema.enum) as readonly (string | null)[];
  const isWrong = (schema: Schema) => {
    const own = names({ path: '', schema }).filter((name) => name !== null && schema['x-enum-varnames'] !== undefined);
    return own.some((name) => !/^[A-Z][A-Z_]*$/.test(name ?? '')) || new Set(own).size !== own.length;
  };
  expect(pathsOf(all, isWrong)).toEqual([]);
  expect(names({ path: '', schema: components.schemas.TicketSort as Schema })).toEqual([
    'CREATED_AT_DESC',
    'CREATED_AT',
    'UPDATED_AT_DESC',
    'UPDATED_AT',
  ]);
});

test('no two components have names that differ only in case or punctuation', () => {
  const kinds = ['schemas', 'responses', 'securitySchemes'] as const;
  const names = kinds.flatMap((kind) => Object.keys(components[kind]).map((name) => name.toLowerCase()));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('an operation takes its body in one media type, and a body always has members', () => {
  for (const { name, requestBody } of operations) {
    if (requestBody === undefined) continue;
    expect(Object.keys(requestBody.content), name).toEqual(['application/json']);
  }
  expect(pathsOf(requests, ({ properties = { some: 1 } }) => Object.keys(properties).length === 0)).toEqual([]);
});

test('a null is allowed inside a component, never beside a reference', () => {
  expect(components.schemas.Ticket?.properties?.triage).toEqual({ $ref: '#/components/schemas/Triage' });
  expect(components.schemas.Triage).toMatchObject({ type: 'object', nullable: true });
});

test('every component is used', () => {
  const text = JSON.stringify(document);
  const names = Object.entries(components).flatMap(([kind, all]) =>
    kind === 'securitySchemes' ? [] : Object.keys(all).map((name) => `#/components/${kind}/${name}`),
  );
  expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});
