import type * as z from 'zod';
import { isList, type RequestHeader } from '../../http/contract.ts';
import { ERROR_CODES } from '../../http/error-pages.ts';
import { IDS } from '../operations/example-data.ts';
import { OPERATION_TEXTS, PATH_PARAMETERS } from '../operations/index.ts';
import { type Reference, refTo, type Schema } from './openapi.ts';
import { parameterText } from './route-texts.ts';
import type { AnyRoute } from './routes.ts';
import { schemaOf } from './schemas.ts';

const HEADERS: Readonly<Record<RequestHeader | 'X-Request-Id', object>> = {
  'If-Match': {
    description:
      'The `ETag` of the resource that you read; several values and `*` are possible. If the resource has changed ' +
      'since, nothing is written and the answer is 412. Only `v` is compared, so changes that the system derives ' +
      'never make a write fail.',
    schema: { type: 'string' },
    example: '"v3"',
  },
  'If-None-Match': {
    description:
      'The `ETag` of the version that the caller already has; several values are possible. If the resource is unchanged, the answer is 304.',
    schema: { type: 'string' },
    example: '"v3-d1"',
  },
  'Idempotency-Key': {
    description:
      'A key that the caller creates for this request. A repeat with the same key and body within 24 hours gets the ' +
      'first answer and changes nothing.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '7e1f0c52-5d0e-4c1b-9a37-2f64b1d8a913',
  },
  Prefer: {
    description: '`return=minimal` asks for a response without a body (RFC 7240).',
    schema: { type: 'string' },
    example: 'return=minimal',
  },
  'X-Request-Id': {
    description:
      'The id of the request, chosen by the caller or else by the server. Every response, problem and log line contains it.',
    schema: { type: 'string' },
    example: IDS.request,
  },
};

const IN_PATH: Readonly<Record<string, object>> = {
  ticketId: {
    description: "The ticket's id, or its human number.",
    schema: { type: 'string' },
    examples: { number: { value: '1' }, id: { value: IDS.ticket } },
  },
  messageId: { description: "The message's id.", schema: { type: 'string' }, example: IDS.message },
  ...PATH_PARAMETERS,
  sessionId: {
    description: "The session's id, or `current`.",
    schema: { type: 'string' },
    examples: { current: { value: 'current' }, id: { value: IDS.session } },
  },
  userId: { description: "The user's id.", schema: { type: 'string' }, example: IDS.agent },
  apiKeyId: { description: "The API key's id.", schema: { type: 'string' }, example: IDS.apiKey },
  organizationId: { description: "The organization's id.", schema: { type: 'string' }, example: IDS.organization },
  name: { description: "The file's name.", schema: { type: 'string' }, example: 'swagger-ui.css' },
  code: {
    description: 'The `code` of a problem.',
    schema: { type: 'string', enum: ERROR_CODES },
    example: 'illegal_transition',
  },
};

/** Every request header and path parameter, for `components`. */
export const PARAMETERS: Readonly<Record<string, object>> = Object.fromEntries([
  ...Object.entries(IN_PATH).map(([name, one]) => [name, { name, in: 'path', required: true, ...one }]),
  ...Object.entries(HEADERS).map(([name, one]) => [keyOf(name), { name, in: 'header', ...one }]),
]);

export function pathParameters(path: string): Reference[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    if (!Object.hasOwn(IN_PATH, name)) throw new Error(`The path parameter ${name} of ${path} has no description.`);
    return refTo('parameters', name);
  });
}

export function headerParameters(route: AnyRoute): Reference[] {
  // A list has no version; only one resource that is read through it, in the spelling of another system, has one.
  const accepted = (route.accepts ?? []).filter((name) => !(isList(route) && name === 'If-None-Match'));
  return [...accepted, 'X-Request-Id'].map((name) => refTo('parameters', keyOf(name)));
}

/** The query parameters of a route. A list of values is one string with commas. */
export function queryParameters(route: AnyRoute, components: Map<string, Schema>): object[] {
  const { id, query, spellings } = route;
  const examples = OPERATION_TEXTS[id]?.examples?.query ?? {};
  const documented = Object.entries(query?.shape ?? {}).filter(([name]) => !spellings?.queries?.includes(name));
  return documented.map(([name, zod]) => {
    const own = parameterText(route, name);
    const { description, ...schema } = schemaOf(zod as z.ZodType, 'input', components);
    const isArray = schema.type === 'array';
    const text = own ?? description ?? (isArray ? 'Any of these, separated by commas.' : undefined);
    return {
      name,
      in: 'query',
      ...(text === undefined ? {} : { description: text }),
      ...(isArray ? { style: 'form', explode: false } : {}),
      schema,
      ...(Object.hasOwn(examples, name) ? { example: examples[name] } : {}),
    };
  });
}

/** The component name of a header. The hyphens of a header name are removed. */
function keyOf(header: string): string {
  return header.replaceAll('-', '');
}
