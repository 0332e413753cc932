import { SUBSCRIPTIONS } from '@curlew/core/subscriptions';
import { TABLES } from '../../backend/src/adapters/dynamodb/tables.ts';
import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';
import { ROUTES } from '../openapi/routes.ts';

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

/** Each path that the API answers, with and without its version, and the service that owns it. */
function routes(): { path: string; service: string; methods: string[] }[] {
  const byPath = new Map<string, { service: string; methods: string[] }>();
  for (const route of ROUTES) {
    for (const path of route.path === '/' ? ['/', '/v1'] : [route.path, `/v1${route.path}`]) {
      const known = byPath.get(path) ?? { service: route.service, methods: [] };
      if (known.service !== route.service) throw new Error(`${path} belongs to ${known.service} and ${route.service}.`);
      byPath.set(path, { ...known, methods: [...known.methods, route.method] });
    }
  }
  return [...byPath].map(([path, { service, methods }]) => ({ path, service, methods })).sort(byPathName);
}

function byPathName(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
