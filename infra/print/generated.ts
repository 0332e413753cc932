import { SUBSCRIPTIONS, type Subscription } from '@curlew/core/subscriptions';
import { TABLES } from '../../backend/src/adapters/dynamodb/tables.ts';
import { ROUTES } from '../../backend/src/contract/openapi/routes.ts';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { isPublic } from '../../backend/src/http/contract.ts';

/** What the infrastructure reads of the code, by file name in `infra/generated/`. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files: Readonly<Record<string, unknown>> = {
    'routes.json': routes(),
    'services.json': { services: services(), functions: byName(FUNCTIONS), tables: TABLES },
  };
  return new Map(Object.entries(files).map(([name, data]) => [name, `${JSON.stringify(data, null, 2)}\n`]));
}

interface PrintedService {
  /** The function that answers its routes; null where it has none. */
  readonly function: string | null;
  readonly subscriptions: Readonly<Record<string, PrintedSubscription>>;
}

interface PrintedSubscription {
  readonly events: readonly string[];
  readonly needs?: string;
  readonly function: string;
}

/** Each service with the functions that belong to it. Terraform makes a module of each. */
function services(): Readonly<Record<string, PrintedService>> {
  const subscriptions: readonly Subscription[] = SUBSCRIPTIONS;
  const withRoutes = FUNCTIONS.flatMap((one) =>
    one.trigger === 'http' && one.services.length === 1 ? one.services : [],
  );
  const names = [...new Set<string>([...withRoutes, ...subscriptions.map(({ service }) => service)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        function: withRoutes.find((one) => one === name) ?? null,
        subscriptions: Object.fromEntries(
          subscriptions.filter(({ service }) => service === name).map((one) => [one.name, printedSubscription(one)]),
        ),
      },
    ]),
  );
}

function printedSubscription({ name, events, needs }: Subscription): PrintedSubscription {
  const reacting = FUNCTIONS.find((one) => one.trigger === 'subscription' && one.subscription === name);
  if (reacting === undefined) throw new Error(`No function reacts to the subscription ${name}.`);
  return { events, ...(needs === undefined ? {} : { needs }), function: reacting.name };
}

function byName<T extends { readonly name: string }>(all: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(all.map((one) => [one.name, one]));
}

interface ServedPath {
  readonly path: string;
  readonly service: string;
  readonly methods: readonly string[];
  /** Whether every method does: a gateway that lets all of them through or none must not refuse one that is for everyone. */
  readonly needsCaller: boolean;
}

/** Each path that the API answers, with and without its version, and the service that owns it. */
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
