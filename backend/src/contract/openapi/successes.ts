import * as z from 'zod';
import { isList, type Success } from '../../http/contract.ts';
import { OPERATION_TEXTS } from '../operations/index.ts';
import { type MediaType, type Reference, type Response, refTo, type Schema } from './openapi.ts';
import { textsFor } from './route-texts.ts';
import type { AnyRoute } from './routes.ts';
import { schemaOf } from './schemas.ts';

const text = { type: 'string' } as const;
export const BINARY = { type: 'string', format: 'binary' } as const;

/** All response headers that the document describes, for `components`. */
export const HEADERS: Readonly<Record<string, object>> = {
  XRequestId: { description: 'The id of this request. The log lines of the request contain it.', schema: text },
  ETag: {
    description:
      'The version, for `If-Match` and `If-None-Match`. `v` counts the changes that users made. A ticket also has `d`, ' +
      'which counts the changes that the system derived.',
    schema: text,
    example: '"v3-d1"',
  },
  Location: { description: 'The address of the resource.', schema: { type: 'string', format: 'uri-reference' } },
  Link: {
    description: 'The link to the next page, with `rel="next"` (RFC 8288). The last page has no such link.',
    schema: text,
    example: '</v1/tickets?limit=25&cursor=WyJ0a3Rf…>; rel="next"',
  },
  IdempotentReplayed: {
    description: '`true` if the request is a repeat: the response is the stored first response.',
    schema: { type: 'string', enum: ['true'] },
  },
  PreferenceApplied: {
    description: 'The preference that the server applied.',
    schema: { type: 'string', enum: ['return=minimal'] },
  },
  RetryAfter: {
    description: 'The number of seconds to wait before the next attempt.',
    schema: { type: 'integer', minimum: 1 },
  },
  RateLimit: {
    description:
      'Present if the host sets a rate limit: `r` is the number of requests left, `t` the number of seconds until the limit resets.',
    schema: text,
    example: '"default";r=598;t=42',
  },
  RateLimitPolicy: {
    description:
      'Present if the host sets a rate limit: `q` is the number of requests allowed in a window of `w` seconds.',
    schema: text,
    example: '"default";q=600;w=60',
  },
};

const HEADER_NAMES: Readonly<Record<string, string>> = {
  XRequestId: 'X-Request-Id',
  IdempotentReplayed: 'Idempotent-Replayed',
  PreferenceApplied: 'Preference-Applied',
  RetryAfter: 'Retry-After',
  RateLimitPolicy: 'RateLimit-Policy',
};

export function headers(...keys: string[]): Record<string, Reference> {
  return Object.fromEntries(keys.map((key) => [HEADER_NAMES[key] ?? key, refTo('headers', key)]));
}

/** The successful responses of a route, by status. */
export function successResponses(route: AnyRoute, components: Map<string, Schema>): Record<string, Response> {
  const responses: Record<string, Response> = {};
  const { successes } = textsFor(route);
  for (const [index, success] of route.successes.entries()) {
    const before = responses[success.status];
    const content = { ...before?.content, ...contentOf(route, success, components) };
    responses[success.status] = {
      description: before?.description ?? successes[index] ?? '',
      headers: successHeaders(route, success),
      ...(Object.keys(content).length === 0 ? {} : { content }),
    };
  }
  if (route.accepts?.includes('If-None-Match') && !isList(route)) {
    responses[304] = {
      description: 'The resource is unchanged: the caller already has this version.',
      headers: headers('ETag', 'XRequestId'),
    };
  }
  return responses;
}

function successHeaders({ successes, accepts = [] }: AnyRoute, { status }: Success): Record<string, Reference> {
  const answers = successes.flatMap(({ schema }) => (schema === undefined ? [] : variants(schema)));
  return headers(
    ...(answers.some((one) => one instanceof z.ZodObject && 'version' in one.shape) ? ['ETag'] : []),
    ...(status === 201 || status === 302 ? ['Location'] : []),
    ...(answers.some((one) => one instanceof z.ZodArray) ? ['Link'] : []),
    ...(accepts.includes('Idempotency-Key') ? ['IdempotentReplayed'] : []),
    ...(accepts.includes('Prefer') && status === 204 ? ['PreferenceApplied'] : []),
    'RateLimit',
    'RateLimitPolicy',
    'XRequestId',
  );
}

function contentOf(
  { id, kind }: AnyRoute,
  { status, schema, mediaType }: Success,
  components: Map<string, Schema>,
): Record<string, MediaType> {
  if (kind === 'bytes' && schema === undefined && status === 200) {
    return { [mediaType ?? 'application/octet-stream']: { schema: BINARY } };
  }
  if (kind === 'stream' && schema === undefined) return { 'text/event-stream': { schema: text } };
  if (mediaType !== undefined) return { [mediaType]: { schema: mediaType.startsWith('text/') ? text : BINARY } };
  if (schema === undefined) return {};
  const examples = OPERATION_TEXTS[id]?.examples?.answers?.[status];
  return {
    'application/json': {
      schema: schemaOf(schema, 'output', components),
      ...(examples === undefined ? {} : { examples: valued(examples) }),
    },
  };
}

/** Turns examples by summary into an `examples` object. The key of each example is made from its summary. */
export function valued(examples: Readonly<Record<string, unknown>>): Record<string, object> {
  return Object.fromEntries(Object.entries(examples).map(([summary, value]) => [keyOf(summary), { summary, value }]));
}

function keyOf(summary: string): string {
  return summary
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function variants(schema: z.ZodType): readonly z.ZodType[] {
  return schema instanceof z.ZodUnion ? (schema.options as readonly z.ZodType[]) : [schema];
}
