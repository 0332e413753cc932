import { SUBSCRIPTIONS } from '@curlew/core/subscriptions';
import { TABLES } from '../../backend/src/adapters/dynamodb/tables.ts';
import { ROUTES } from '../../backend/src/contract/openapi/routes.ts';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { isPublic } from '../../backend/src/http/contract.ts';

/** What the infrastructure reads of the code, by file name in `infra/generated/`. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files: Readonly<Record<string, unknown>> = {
    'functions.json': FUNCTIONS,
    'routes.json': routes(),
    'subscriptions.json': SUBSCRIPTIONS,
    'tables.json': TABLES,
  };
  return new Map(Object.entries(files).map(([name, data]) => [name, `${JSON.stringify(data, null, 2)}\n`]));
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
