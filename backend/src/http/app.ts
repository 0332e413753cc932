import { type Actor, type Context, CurlewError, type ReceiptStore } from '@curlew/core/kernel';
import { Hono, type HonoRequest } from 'hono';
import type { HostEnvironment } from './connection.ts';
import { type AnyRoute, isPublic, type Route } from './contract.ts';
import { type CursorKeys, cursors } from './cursor.ts';
import { failureLog } from './failure-log.ts';
import { type FingerprintKey, idempotency } from './idempotency.ts';
import type { InFlight } from './in-flight.ts';
import type { LogEntry } from './log-entry.ts';
import { problem, refusal } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { empty, type Reply } from './reply.ts';
import { reportFailure } from './report-failure.ts';
import { type Limited, serveRoute } from './serve-route.ts';

/** The functions and settings that every host gives the HTTP layer. */
export interface Platform extends Pick<Context, 'now' | 'wallNow' | 'newId' | 'runExclusive' | 'pause'> {
  /**
   * The actor of a request. Throws an error for the caller if the request is rejected. With `open`, the route is
   * public: every caller who can reach the server may use it.
   */
  authenticate(header: (name: string) => string | undefined, open: boolean): Actor | Promise<Actor>;
  /** Called after a change of users, keys or sessions, because cached callers may be out of date. */
  readonly forgetCallers?: () => void;
  /** The prefix of all paths as callers see them: empty, or for example `/dev`. */
  readonly basePath: string;
  /** Absent if the host sets no rate limits. */
  readonly limiter?: RateLimiter;
  /** Absent if the host sets no limit for requests at the same time. A function has one request at a time. */
  readonly inFlight?: InFlight;
  /** The network address of the caller. `environment` is the object that the host's server passes with the request. */
  addressOf(environment: unknown, header: (name: string) => string | undefined): string;
  readonly receipts: ReceiptStore;
  /** The keys must be the same in all processes that serve the same routes. */
  readonly cursorKeys: CursorKeys;
  readonly fingerprintKey: FingerprintKey;
  log(entry: LogEntry): void;
}

/** Routes with the ports that they need. */
export interface Bound {
  readonly routes: readonly AnyRoute[];
  readonly ports: object;
}

/** Binds routes to their ports. */
export function bind<Ports extends object>(routes: readonly Route<Ports>[], ports: Ports): Bound {
  return { routes: routes as unknown as readonly AnyRoute[], ports };
}

const PREFIXES = ['', '/v1'];
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The HTTP API: the routes of the contract, with and without `/v1`, each bound to its ports. */
export function createApp(platform: Platform, services: readonly Bound[]): Hono {
  const app = new Hono();
  const serving = {
    ...platform,
    receipts: idempotency(platform.receipts, platform.fingerprintKey, platform.wallNow),
    cursors: cursors(platform.cursorKeys),
  };
  const logError = failureLog(platform.log, platform.wallNow);
  const methodsAt = new Map<string, string[]>();
  for (const { routes, ports } of services) {
    for (const route of routes) {
      const serve = serveRoute(route, ports, serving);
      const served: typeof serve = async (...request) => {
        try {
          const reply = await serve(...request);
          if (route.changesCallers) platform.forgetCallers?.();
          return reply;
        } catch (error) {
          if (route.changesCallers && mayHaveChanged(error)) platform.forgetCallers?.();
          throw error;
        }
      };
      for (const path of pathsOf(route, platform.basePath)) {
        app.on(route.method, path, (c) => {
          const environment = c.env as HostEnvironment | undefined;
          const address = () => platform.addressOf(c.env, (name) => c.req.header(name));
          return answer(
            c.req,
            (actor, requestId, limited) =>
              served(c.req, {
                actor,
                requestId,
                address: address(),
                connection: environment?.connection,
                limited,
              }),
            isPublic(route),
            environment,
          );
        });
        const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
        methodsAt.set(path, [...(methodsAt.get(path) ?? []), ...methods]);
      }
    }
  }
  for (const [path, methods] of methodsAt) {
    const allow = [...methods, 'OPTIONS'].join(', ');
    app.all(path, (c) => answer(c.req, async () => otherMethod(c.req.method, allow), true));
  }
  app.notFound((c) =>
    answer(
      c.req,
      async () => {
        throw refusal(
          'route_not_found',
          `No route has the path ${c.req.path}; ${platform.basePath}/docs lists all paths.`,
        );
      },
      true,
    ),
  );
  return app;

  async function answer(
    request: HonoRequest,
    respond: (actor: Actor, requestId: string, limited: Limited) => Promise<Reply>,
    // Open routes are not rate limited: a limited caller may still request the health and the error pages.
    open: boolean,
    environment?: HostEnvironment,
  ): Promise<Response> {
    const given = request.header('x-request-id');
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : platform.newId('req');
    let limits: Readonly<Record<string, string>> = {};
    let reply: Reply;
    try {
      const actor = await platform.authenticate((name) => request.header(name), open);
      if (!open && environment?.onEnd !== undefined && platform.inFlight !== undefined) {
        environment.onEnd(platform.inFlight.start(actor));
      }
      if (!open) limits = (await platform.limiter?.request(actor, request.method)) ?? limits;
      reply = await respond(actor, requestId, (stricter) => {
        limits = stricter;
      });
    } catch (error) {
      reply = problem(error, requestId, platform.basePath);
      if (reply.status >= 500) logFailure(request, requestId, error);
    }
    const { method, path } = request;
    platform.log({ level: 'info', message: 'request', requestId, method, path, status: reply.status });
    if (reply.takeOver !== undefined) {
      environment?.connection?.upgrade?.(reply.takeOver);
      // The connection has left HTTP: the host does not send this response, and the class does not allow status 101.
      return new Response(null);
    }
    if (reply.isBinary) environment?.markBinary?.();
    return new Response(bodyOf(reply, request, requestId), {
      status: reply.status,
      headers: {
        'x-request-id': requestId,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'private, no-cache',
        ...limits,
        ...reply.headers,
      },
    });
  }

  function bodyOf({ body }: Reply, request: HonoRequest, requestId: string): Reply['body'] {
    if (!(body instanceof ReadableStream)) return body;
    if (request.method !== 'HEAD') return reportFailure(body, (error) => logFailure(request, requestId, error));
    void body.cancel();
    return null;
  }

  function logFailure({ method, path }: HonoRequest, requestId: string, error: unknown): void {
    logError(error, { requestId, method, path });
  }
}

/** Whether a failed request may have changed data. Rejected requests can be very many; they must not clear the cache. */
function mayHaveChanged(error: unknown): boolean {
  return !(error instanceof CurlewError) || error.hasEffect || error.code === 'unavailable';
}

function otherMethod(method: string, allow: string): Reply {
  if (method === 'OPTIONS') return empty(204, { allow });
  throw refusal('method_not_allowed', `This path does not support ${method}; use one of ${allow}.`, {
    headers: { allow },
  });
}

function pathsOf({ path }: Route<never>, basePath: string): string[] {
  const pattern = path.replace(/\{(\w+)\}/g, ':$1');
  const paths = PREFIXES.map((prefix) => `${basePath}${prefix}${pattern}`);
  return pattern === '/' ? [...paths, `${basePath}/v1`, ...(basePath === '' ? [] : [basePath])] : paths;
}
