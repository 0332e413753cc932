import { ROUTES, type RouteId } from '../../services/index.ts';

export { ROUTES, type RouteId };
export type AnyRoute = (typeof ROUTES)[number];

export function routeOf(operationId: string): AnyRoute {
  const route = ROUTES.find(({ id }) => id === operationId);
  if (route === undefined) throw new Error(`There is no route ${operationId}.`);
  return route;
}
