import type * as z from 'zod';
import { OPERATION_TEXTS } from '../operations/index.ts';
import { bodySchema } from './bodies.ts';
import type { Method, Operation, PathItem, Schema } from './openapi.ts';
import { headerParameters, pathParameters, queryParameters } from './parameters.ts';
import type { problemResponses } from './problems.ts';
import { textsFor } from './route-texts.ts';
import type { AnyRoute } from './routes.ts';
import { securityOf, whoMay } from './security.ts';
import { BINARY, successResponses, valued } from './successes.ts';

/** The operations of all routes, by path and method. */
export function pathItems(
  routes: readonly AnyRoute[],
  problems: ReturnType<typeof problemResponses>,
  components: Map<string, Schema>,
): Record<string, PathItem> {
  const items: Record<string, PathItem> = {};
  for (const route of routes) {
    items[route.path] = {
      ...items[route.path],
      [route.method.toLowerCase() as Method]: operation(route, problems, components),
    };
  }
  return items;
}

function operation(
  route: AnyRoute,
  problems: ReturnType<typeof problemResponses>,
  components: Map<string, Schema>,
): Operation {
  const { id, service } = route;
  const { summary, description } = textsFor(route);
  const access = whoMay(route);
  return {
    operationId: id,
    tags: [service],
    summary,
    description: description === undefined ? access : `${description}\n\n${access}`,
    ...securityOf(route),
    parameters: [...pathParameters(route.path), ...queryParameters(route, components), ...headerParameters(route)],
    ...requestBody(route, components),
    responses: { ...successResponses(route, components), ...problems.of(route) },
  };
}

function requestBody(route: AnyRoute, components: Map<string, Schema>): { requestBody?: object } {
  // A `bytes` route accepts every media type.
  if (route.maxBytes !== undefined) return { requestBody: { required: true, content: { '*/*': { schema: BINARY } } } };
  return route.body === undefined ? {} : { requestBody: jsonBody(route, components) };
}

function jsonBody(route: AnyRoute, components: Map<string, Schema>): object {
  const optional = route.body?.optional === true;
  const isEmpty = Object.keys((route.body?.schema as z.ZodObject | undefined)?.shape ?? {}).length === 0;
  // An optional body without fields is described in place: it needs no named component.
  const schema = optional && isEmpty ? { type: 'object', additionalProperties: false } : bodySchema(route, components);
  const media = { schema, examples: valued(OPERATION_TEXTS[route.id]?.examples?.bodies ?? {}) };
  return {
    required: !optional,
    content: {
      'application/json': media,
      ...(route.body?.kind === 'merge' ? { 'application/merge-patch+json': media } : {}),
    },
  };
}
