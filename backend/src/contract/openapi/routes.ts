import type { Success } from '../../http/contract.ts';
import { ROUTES, type RouteId } from '../../services/index.ts';

export { ROUTES, type RouteId };
export type AnyRoute = (typeof ROUTES)[number];

/** The routes of the published contract. Pages and redirects for browsers are of no use to a generated client. */
export const PUBLISHED: readonly AnyRoute[] = ROUTES.filter(({ successes }) => !successes.every(isForBrowsers));

function isForBrowsers({ status, mediaType = '' }: Success): boolean {
  return status === 302 || /^text\/(html|css|javascript)$/.test(mediaType);
}

export function routeOf(operationId: string): AnyRoute {
  const route = ROUTES.find(({ id }) => id === operationId);
  if (route === undefined) throw new Error(`There is no route ${operationId}.`);
  return route;
}
