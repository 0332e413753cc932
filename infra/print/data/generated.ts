import { ROUTES } from '../../../backend/src/contract/openapi/routes.ts';
import { FUNCTIONS, HTTP_SERVICES } from '../../../backend/src/hosts/lambda/functions.ts';
import { isPublic } from '../../../backend/src/http/contract.ts';
import { SERVICES, SUBSCRIPTIONS } from '../../../backend/src/services/index.ts';
import { TABLES } from '../../../backend/src/services/tables.ts';

/** The data from the code that the infrastructure reads, by file name in `infra/generated/`. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files: Readonly<Record<string, unknown>> = {
    'routes.json': routes(),
    'services.json': { services: services(), functions: byName(FUNCTIONS), tables: TABLES },
  };
  return new Map(Object.entries(files).map(([name, data]) => [name, `${JSON.stringify(data, null, 2)}\n`]));
}

interface PrintedService {
  /** The function that serves the service's routes; null if the service has no such function. */
  readonly function: string | null;
  readonly subscriptions: Readonly<Record<string, PrintedSubscription>>;
}

interface PrintedSubscription {
  readonly events: readonly string[];
  readonly needs?: string;
  readonly function: string;
}

/** Each service with its functions. Terraform creates a module for each service. */
function services(): Readonly<Record<string, PrintedService>> {
  const withFunction = new Set<string>(HTTP_SERVICES.map(({ name }) => name));
  const named = SERVICES.map(({ name }) => {
    const own = SUBSCRIPTIONS.filter(({ service }) => service === name);
    const subscriptions = Object.fromEntries(own.map((one) => [one.name, printedSubscription(one)]));
    return [name, { function: withFunction.has(name) ? name : null, subscriptions }] as const;
  });
  // A service of the local host only has no function and no subscription on AWS.
  return Object.fromEntries(
    named.filter(([, one]) => one.function !== null || Object.keys(one.subscriptions).length > 0),
  );
}

function printedSubscription({ name, events, needs }: (typeof SUBSCRIPTIONS)[number]): PrintedSubscription {
  return { events, ...(needs === undefined ? {} : { needs }), function: name };
}

function byName<T extends { readonly name: string }>(all: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(all.map((one) => [one.name, one]));
}

interface ServedPath {
  readonly path: string;
  readonly service: string;
  readonly methods: readonly string[];
  /** Whether every method needs a caller. A gateway checks all methods or none, so it must not check a mixed path. */
  readonly needsCaller: boolean;
}

/** Each path of the API, with and without the version prefix, and the service that owns it. */
function routes(): ServedPath[] {
  const byPath = new Map<string, ServedPath>();
  for (const route of ROUTES) {
    const { path: own, service, method } = route;
    for (const path of own === '/' ? ['/', '/v1'] : [own, `/v1${own}`]) {
      const known = byPath.get(path) ?? { path, service, methods: [], needsCaller: true };
      if (known.service !== service) throw new Error(`${path} belongs to ${known.service} and ${service}.`);
      const needsCaller = known.needsCaller && !isPublic(route);
      byPath.set(path, { ...known, methods: [...known.methods, method], needsCaller });
    }
  }
  return [...byPath.values()].sort(byPathName);
}

function byPathName(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
