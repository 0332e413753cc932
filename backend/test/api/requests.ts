import type { Reach, Right } from '@curlew/core/kernel';
import { OPERATION_TEXTS } from '../../src/contract/operations/index.ts';
import type { TestRequest, Things } from '../../src/contract/operations/test-request.ts';
import { CALLER_KINDS, type OperationText } from '../../src/contract/operations/text-types.ts';
import { type RouteId, SERVICES } from '../../src/services/index.ts';
import type { ApiRow } from './table.ts';

export type { TestRequest, Things };

/** Tables of rows by their titles. */
export type Tables = Readonly<Record<string, readonly ApiRow[]>>;

interface ServiceTests {
  readonly tables: Tables;
}

/** The tests of each service with routes, from `services/<name>.ts`. */
export const SERVICE_TESTS: readonly ServiceTests[] = await Promise.all(
  SERVICES.filter(({ routes }) => routes.length > 0).map(({ name }) => testsOf(name)),
);

const TEXTS = OPERATION_TEXTS as Readonly<Record<RouteId, OperationText>>;

/** One request for each route. */
export const REQUESTS = Object.fromEntries(Object.entries(TEXTS).map(([id, { request }]) => [id, request])) as Readonly<
  Record<RouteId, TestRequest>
>;

export function expectedRight(route: RouteId): Right | 'public' {
  return TEXTS[route].access[0];
}

export function expectedReach(route: RouteId, caller: (typeof CALLER_KINDS)[number]): Reach {
  const [, ...reaches] = TEXTS[route].access;
  return reaches[CALLER_KINDS.indexOf(caller)] ?? 'none';
}

/** The routes that exist on one machine only, because on AWS users sign in at the user pool. */
export const SIGN_IN: ReadonlySet<RouteId> = new Set(
  SERVICES.filter(({ only }) => only !== undefined).flatMap(({ routes }) =>
    routes.flat().map(({ id }) => id as RouteId),
  ),
);

async function testsOf(name: string): Promise<ServiceTests> {
  try {
    return await import(`./services/${name}.ts`);
  } catch (cause) {
    throw new Error(`The service ${name} needs its tables in backend/test/api/services/${name}.ts.`, {
      cause,
    });
  }
}
