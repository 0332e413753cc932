import type { ApiRoute, DeployedApi } from '../deployed/model.ts';
import { matchPath, type PathMatch } from './match-path.ts';
import { percentDecoded } from './request.ts';

/** The path below the stage; undefined if the request's stage does not exist. */
export function pathInStage({ stage }: DeployedApi, path: string): string | undefined {
  if (stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}

/**
 * Finds the route for a method and a path below the stage. An HTTP API matches the decoded path, prefers a route of the
 * exact method over `ANY`, and falls back to `$default`. A REST API finds the resource first, then its method.
 */
export function findRoute(api: DeployedApi, method: string, path: string): PathMatch<ApiRoute> | undefined {
  if (api.kind === 'rest') {
    const resource = matchPath(api.routes, path);
    if (resource === undefined) return undefined;
    const methods = api.routes.filter((one) => one.path === resource.route.path);
    const route = methods.find((one) => one.method === method) ?? methods.find((one) => one.method === 'ANY');
    return route && { route, parameters: resource.parameters };
  }
  const suitable = api.routes.filter(
    (one) => one.key !== '$default' && (one.method === method || one.method === 'ANY'),
  );
  // The sort of `matchPath` is stable, so the first of two routes with the same path wins.
  const exactFirst = suitable.toSorted((a, b) => Number(b.method === method) - Number(a.method === method));
  const match = matchPath(exactFirst, percentDecoded(path));
  if (match !== undefined) return match;
  const fallback = api.routes.find(({ key }) => key === '$default');
  return fallback && { route: fallback, parameters: {} };
}
