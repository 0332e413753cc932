import type * as z from 'zod';
import { OPERATION_SUBJECTS, OPERATION_TEXTS } from '../operations/index.ts';
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
  const { id } = route;
  const { summary, description } = textsFor(route);
  const access = whoMay(route);
  return {
    operationId: id,
    tags: [OPERATION_SUBJECTS[id] ?? route.service],
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
  // A body that may be missing and has no fields tells a caller nothing; the server accepts `{}`.
  const isEmpty = Object.keys((route.body?.schema as z.ZodObject | undefined)?.shape ?? { some: true }).length === 0;
  return route.body === undefined || isEmpty ? {} : { requestBody: jsonBody(route, components) };
}

function jsonBody(route: AnyRoute, components: Map<string, Schema>): object {
  const media = {
    schema: bodySchema(route, components),
    examples: valued(OPERATION_TEXTS[route.id]?.examples?.bodies ?? {}),
  };
  // A patch is accepted as application/merge-patch+json too. Generators make two bodies or functions of two types.
  return { required: route.body?.optional !== true, content: { 'application/json': media } };
}
