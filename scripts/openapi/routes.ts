import { analyticsRoutes } from '../../backend/src/http/analytics.ts';
import { apiKeyRoutes } from '../../backend/src/http/api-keys.ts';
import { auditRoutes } from '../../backend/src/http/audit.ts';
import type { Route } from '../../backend/src/http/contract.ts';
import { organizationRoutes } from '../../backend/src/http/organizations.ts';
import { serviceRoutes } from '../../backend/src/http/service.ts';
import { sessionRoutes } from '../../backend/src/http/sessions.ts';
import { taskRoutes } from '../../backend/src/http/tasks.ts';
import { ticketRoutes } from '../../backend/src/http/tickets.ts';
import { triageRoutes } from '../../backend/src/http/triage.ts';
import { userRoutes } from '../../backend/src/http/users.ts';

export type AnyRoute = Route<never>;

/** The whole contract, in the order in which it is read. */
export const ROUTES: readonly AnyRoute[] = [
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

export function routeOf(operationId: string): AnyRoute {
  const route = ROUTES.find(({ id }) => id === operationId);
  if (route === undefined) throw new Error(`There is no route ${operationId}.`);
  return route;
}
