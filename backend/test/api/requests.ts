import { type RouteId, type RouteIdOf, SERVICES, type ServiceName } from '../../src/services/index.ts';
import type { Sent } from './host.ts';
import type { ApiRow } from './table.ts';

/** What belongs to one person, or was made for a test about them. */
export interface Things {
  readonly ticket: string;
  readonly reply: string;
  readonly task: string;
  readonly user: string;
  readonly apiKey: string;
  readonly organization: string;
}

export interface Asked {
  /** What the request is about; absent where it is about no one thing. */
  readonly on?: 'ticket' | 'task' | 'user' | 'apiKey' | 'organization';
  send(things: Things): Sent;
  /** How it is answered to whoever may, beside with success: what these tests give has its limits. */
  readonly also?: string;
}

/** A request for each route of a service. A route that is not there does not compile. */
export type RequestsOf<Name extends ServiceName> = Readonly<Record<RouteIdOf<Name>, Asked>>;

/** Tables of rows, by what they are about. */
export type Tables = Readonly<Record<string, readonly ApiRow[]>>;

interface ServiceTests {
  readonly requests: Readonly<Record<string, Asked>>;
  readonly tables: Tables;
}

/** The tests of each service with routes, which lie in `services/<name>.ts`. */
export const SERVICE_TESTS: readonly ServiceTests[] = await Promise.all(
  SERVICES.filter(({ routes }) => routes.length > 0).map(({ name }) => testsOf(name)),
);

/** A request for each route. */
export const REQUESTS = Object.assign({}, ...SERVICE_TESTS.map(({ requests }) => requests)) as Readonly<
  Record<RouteId, Asked>
>;

/** The routes that exist on one machine only: on AWS people sign in at the user pool. */
export const SIGN_IN: ReadonlySet<RouteId> = new Set(
  SERVICES.filter(({ only }) => only !== undefined).flatMap(({ routes }) =>
    routes.flat().map(({ id }) => id as RouteId),
  ),
);

async function testsOf(name: string): Promise<ServiceTests> {
  try {
    return await import(`./services/${name}.ts`);
  } catch (cause) {
    throw new Error(`The service ${name} needs its requests and tables in backend/test/api/services/${name}.ts.`, {
      cause,
    });
  }
}
