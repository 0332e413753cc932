import { type Actor, type Context, CurlewError, type ReceiptStore } from '@curlew/core/kernel';
import { Hono, type HonoRequest } from 'hono';
import { bodyText } from './body.ts';
import { parseCall } from './call.ts';
import type { Call, Route } from './contract.ts';
import type { Cursors } from './cursor.ts';
import { alreadyHas } from './etag.ts';
import { idempotency } from './idempotency.ts';
import { problem, refusal } from './problem.ts';
import { empty, type Reply } from './reply.ts';

/** What every host gives the HTTP layer. */
export interface Platform extends Pick<Context, 'now' | 'newId' | 'pause'> {
  /** Who asks. Throws what the caller is to be told when the request may not come in at all. */
  authenticate(header: (name: string) => string | undefined): Actor;
  /** Counts the request and returns headers for the answer; throws `rate_limited`. Absent: no limit. */
  readonly limit?: (caller: string) => Readonly<Record<string, string>>;
  readonly receipts: ReceiptStore;
  readonly cursors: Cursors;
  log(entry: LogEntry): void;
}

export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** Routes with the ports that all of them need. */
export interface Bound {
  readonly routes: readonly Route<never>[];
  readonly ports: object;
}

/** Binds the routes of a service to their ports. */
export function bind<Ports extends object>(routes: readonly Route<Ports>[], ports: Ports): Bound {
  return { routes: routes as unknown as readonly Route<never>[], ports };
}

const PREFIXES = ['', '/v1'];
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The HTTP API: the routes of the contract, with and without `/v1`, each bound to its ports. */
export function createApp(platform: Platform, services: readonly Bound[]): Hono {
  const app = new Hono();
  const receipts = idempotency(platform.receipts, platform.now);
  const methodsAt = new Map<string, string[]>();
  for (const { routes, ports } of services) {
    for (const route of routes) {
      for (const path of pathsOf(route)) {
        app.on(route.method, path, (c) => answer(c.req, (requestId) => handle(route, ports, c.req, requestId)));
        methodsAt.set(path, [
          ...(methodsAt.get(path) ?? []),
          ...(route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]),
        ]);
      }
    }
  }
  for (const [path, methods] of methodsAt) {
    app.all(path, (c) => answer(c.req, async () => otherMethod(c.req, [...methods, 'OPTIONS'].join(', '))));
  }
  app.notFound((c) =>
    answer(c.req, async () => {
      platform.authenticate((name) => c.req.header(name));
      throw refusal('route_not_found', `There is nothing at ${c.req.path}.`);
    }),
  );
  return app;

  async function handle(route: Route<never>, ports: object, request: HonoRequest, requestId: string): Promise<Reply> {
    const actor = platform.authenticate((name) => request.header(name));
    const limits = platform.limit?.(`${actor.organizationId} ${actor.userId}`);
    const text = route.body === undefined ? '' : await bodyText(request, mediaTypesOf(route));
    const call = parseCall(route, request, { actor, text, cursors: platform.cursors });
    const { now, newId, pause } = platform;
    const ctx: Context = { actor, requestId, now, newId, pause };
    const key = route.accepts?.includes('Idempotency-Key') ? request.header('idempotency-key') : undefined;
    const keyed = { actor, method: route.method, path: withoutVersion(request.path), body: text };
    const reply =
      key === undefined
        ? await perform(route, ports, ctx, call)
        : await receipts.once({ ...keyed, key }, (receiptFor) =>
            perform(
              route,
              ports,
              { ...ctx, receiptFor: (result) => receiptFor(route.reply(result as never, call as never)) },
              call,
            ),
          );
    return conditional(
      route,
      request,
      limits === undefined ? reply : { ...reply, headers: { ...reply.headers, ...limits } },
    );
  }

  async function answer(request: HonoRequest, respond: (requestId: string) => Promise<Reply>): Promise<Response> {
    const given = request.header('x-request-id');
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : platform.newId('req');
    let reply: Reply;
    try {
      reply = await respond(requestId);
    } catch (error) {
      reply = problem(error, requestId);
      if (reply.status >= 500) logFailure(request, requestId, error);
    }
    const { method, path } = request;
    platform.log({ level: 'info', message: 'request', requestId, method, path, status: reply.status });
    return new Response(reply.body, {
      status: reply.status,
      headers: {
        'x-request-id': requestId,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
        ...reply.headers,
      },
    });
  }

  function logFailure({ method, path }: HonoRequest, requestId: string, error: unknown): void {
    const cause = error instanceof CurlewError ? (error.cause ?? error) : error;
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    platform.log({ level: 'error', message: 'request failed', requestId, method, path, error: text });
  }

  function otherMethod(request: HonoRequest, allow: string): Reply {
    platform.authenticate((name) => request.header(name));
    if (request.method === 'OPTIONS') return empty(204, { allow });
    throw refusal('method_not_allowed', `${request.method} is not possible here; try ${allow}.`, {
      headers: { allow },
    });
  }
}

async function perform(
  route: Route<never>,
  ports: object,
  ctx: Context,
  call: Call<never, never> | Call<Record<string, unknown>, unknown>,
) {
  const result = await route.run({ ...ports, ctx } as never, call as never);
  return route.reply(result as never, call as never);
}

/** Turns the answer to a conditional GET into 304 when the caller has it already. */
function conditional(route: Route<never>, request: HonoRequest, reply: Reply): Reply {
  const ifNoneMatch = route.accepts?.includes('If-None-Match') ? request.header('if-none-match') : undefined;
  const { etag } = reply.headers;
  if (ifNoneMatch === undefined || etag === undefined || !alreadyHas(ifNoneMatch, etag)) return reply;
  return empty(304, { etag });
}

function pathsOf({ path }: Route<never>): string[] {
  const pattern = path.replace(/\{(\w+)\}/g, ':$1');
  const paths = PREFIXES.map((prefix) => `${prefix}${pattern}`);
  return pattern === '/' ? [...paths, '/v1'] : paths;
}

function mediaTypesOf({ method }: Route<never>): readonly string[] {
  return method === 'PATCH' ? ['application/json', 'application/merge-patch+json'] : ['application/json'];
}

function withoutVersion(path: string): string {
  return path.startsWith('/v1/') ? path.slice(3) : path;
}
