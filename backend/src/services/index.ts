import type { AnyRoute } from '../http/contract.ts';
import * as analytics from './analytics.ts';
import { type Exported, partsOf } from './parts-of.ts';
import * as service from './service.ts';
import type { Service, Subscription } from './service-types.ts';
import * as sessions from './sessions.ts';
import * as tasks from './tasks.ts';
import * as tickets from './tickets.ts';
import * as triage from './triage.ts';
import * as users from './users.ts';

/** Every service, in the order of the OpenAPI document. Hosts, documents, tests and infrastructure loop over this list. */
export const MODULES = [tickets, tasks, users, sessions, analytics, triage, service] as const;

type Module = (typeof MODULES)[number];
type PartOf<One> = One extends Module ? One[Exclude<keyof One, 'service'>] : never;

export type ServiceName = Module['service']['name'];
export type SubscriptionName = Extract<PartOf<Module>, { events: unknown }>['name'];
/** The ids of all routes, as a type: the tests do not compile if a route has no test request. */
export type RouteId = Module['service']['routes'][number][number]['id'];

export const SERVICES: readonly (Service & { readonly name: ServiceName })[] = MODULES.map(({ service }) => service);

/** All routes of the contract. `service` is the service whose tag and function the route uses. */
export const ROUTES: readonly (AnyRoute & { readonly id: RouteId; readonly service: ServiceName })[] = SERVICES.flatMap(
  ({ name, partOf, routes }) =>
    routes.flat().map((route) => ({ ...route, id: route.id as RouteId, service: (partOf ?? name) as ServiceName })),
);

type Owned = Subscription & Exported & { readonly name: SubscriptionName; readonly service: ServiceName };

export const SUBSCRIPTIONS = partsOf(MODULES).subscriptions as readonly Owned[];

/** The subscriptions that exist in every deployment. */
export const SUBSCRIPTIONS_EVERYWHERE = SUBSCRIPTIONS.filter(({ needs }) => needs === undefined);
