import { analyticsRoutes } from '../../http/analytics.ts';
import { apiKeyRoutes } from '../../http/api-keys.ts';
import { auditRoutes } from '../../http/audit.ts';
import type { Route } from '../../http/contract.ts';
import { organizationRoutes } from '../../http/organizations.ts';
import { serviceRoutes } from '../../http/service.ts';
import { sessionRoutes } from '../../http/sessions.ts';
import { taskRoutes } from '../../http/tasks.ts';
import { ticketRoutes } from '../../http/tickets.ts';
import { triageRoutes } from '../../http/triage.ts';
import { userRoutes } from '../../http/users.ts';

export type AnyRoute = Route<never>;

const ALL = [
  ...ticketRoutes,
  ...triageRoutes,
  ...taskRoutes,
  ...userRoutes,
  ...sessionRoutes,
  ...apiKeyRoutes,
  ...organizationRoutes,
  ...auditRoutes,
  ...analyticsRoutes,
  ...serviceRoutes,
];

/** Without a request in the tests, a route does not compile; so its id is a type. */
export type RouteId = (typeof ALL)[number]['id'];

/** The whole contract, in the order in which it is read. */
export const ROUTES = ALL as unknown as readonly (AnyRoute & { readonly id: RouteId })[];

export function routeOf(operationId: string): AnyRoute {
  const route = ROUTES.find(({ id }) => id === operationId);
  if (route === undefined) throw new Error(`There is no route ${operationId}.`);
  return route;
}
