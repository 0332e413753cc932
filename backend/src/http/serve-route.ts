import { type Actor, type Context, forbidden, type Right, reachOf } from '@curlew/core/kernel';
import type { HonoRequest } from 'hono';
import { BODY_BYTES, bodyStream, bodyText, PUBLIC_BODY_BYTES } from './body.ts';
import { PageTooLarge, parseCall } from './call.ts';
import type { Connection } from './connection.ts';
import { type Call, isPublic, type Route, reachWithin } from './contract.ts';
import type { Cursors } from './cursor.ts';
import { matchesEtag } from './etag.ts';
import { type Idempotency, withoutSecret } from './idempotency.ts';
import { refusal } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { empty, type Reply } from './reply.ts';

export interface Serving extends Pick<Context, 'now' | 'wallNow' | 'newId' | 'runExclusive' | 'pause'> {
  readonly cursors: Cursors;
  readonly receipts: Idempotency;
  readonly basePath: string;
  readonly limiter?: RateLimiter;
}

/** Called with the rate limit headers of a request that was counted. They are added to the response, also on errors. */
export type Limited = (headers: Readonly<Record<string, string>>) => void;

interface Arrival {
  readonly actor: Actor;
  readonly requestId: string;
  readonly address: string;
  readonly connection: Connection | undefined;
  readonly limited: Limited;
}

/** Creates the handler of a route with its ports. The handler throws errors that the caller gets as problem documents. */
export function serveRoute(
  route: Route<never>,
  ports: object,
  { now, wallNow, newId, runExclusive, pause, cursors, receipts, basePath, limiter }: Serving,
) {
  const accepts = new Set(route.accepts);
  const isOnOne = route.path.includes('{');
  const maxBytes = isPublic(route) ? PUBLIC_BODY_BYTES : BODY_BYTES;
  const mediaTypes = ['application/json', ...(route.method === 'PATCH' ? ['application/merge-patch+json'] : [])];

  async function perform(ctx: Context, call: Call<never, never>): Promise<Reply> {
    try {
      const reply = route.reply((await route.run({ ...ports, ctx } as never, call)) as never, call);
      return route.showsSecret ? { ...reply, headers: { ...reply.headers, 'cache-control': 'no-store' } } : reply;
    } catch (error) {
      if (!(error instanceof PageTooLarge)) throw error;
      // Only the store can make the key of a shorter page, so the page is read again with the items that fit.
      return perform(ctx, { ...call, page: () => ({ ...call.page(), limit: error.fitting }) });
    }
  }

  return async (request: HonoRequest, { actor, requestId, address, connection, limited }: Arrival): Promise<Reply> => {
    const isAllowed = isPublic(route) || reachWithin(route, reachOf(actor, route.right as Right)) !== 'none';
    // A collection exists for every caller, so a missing right is `forbidden`. For one resource the service decides
    // first whether the caller may know that it exists; if not, it throws `not_found`.
    if (!isOnOne && !isAllowed) throw forbidden(actor, route.right as Right);
    if (route.kind === 'upgrade' && connection?.upgrade === undefined) throw upgradeRequired();
    const body = route.body === undefined ? '' : await bodyText(request, mediaTypes, maxBytes);
    const stream = route.kind === 'bytes' ? streamOf(request, route) : undefined;
    const signal = route.kind === undefined || route.kind === 'json' ? undefined : connection?.keepOpen(route.kind);
    const live = connection !== undefined;
    const call = (await parseCall(route, request, { actor, text: body, stream, cursors, signal, live })) as Call<
      never,
      never
    >;
    if (route.triesSecretOf !== undefined && limiter !== undefined)
      limited(await limiter.signIn(address, route.triesSecretOf(call, actor)));
    const ctx: Context = { actor, requestId, address, now, wallNow, newId, runExclusive, pause };
    // Public routes have no caller to whom a receipt could belong. Their operations handle the key themselves.
    const isKept = accepts.has('Idempotency-Key') && !isPublic(route);
    const key = isKept ? request.header('idempotency-key') : undefined;
    // A caller without the right gets no stored reply, even if another key of the same user sent this request before.
    // The service rejects the request instead.
    if (key !== undefined && isAllowed) {
      const keyed = { actor, method: route.method, path: withoutPrefix(request.path, basePath), key, body };
      return receipts.once(keyed, (receiptOf) =>
        perform(
          { ...ctx, receiptFor: (result) => receiptOf(receiptReply(route, route.reply(result as never, call))) },
          call,
        ),
      );
    }
    const reply = await perform(ctx, call);
    return accepts.has('If-None-Match') ? notModifiedIfKnown(request, reply) : reply;
  };
}

function streamOf(request: HonoRequest, { maxBytes }: Route<never>): ReadableStream {
  if (maxBytes !== undefined) return bodyStream(request, maxBytes);
  return new ReadableStream({ start: (controller) => controller.close() });
}

/** Uses an existing code, because a code of its own would change the published contract. */
function upgradeRequired() {
  return refusal(
    'malformed_http',
    'This path accepts only WebSocket connections; send a request with Upgrade: websocket.',
    {
      status: 426,
      headers: { upgrade: 'websocket', connection: 'upgrade' },
    },
  );
}

/** The reply stored for replays. If the reply contains a secret, only the id of the new resource is stored. */
function receiptReply({ showsSecret }: Route<never>, reply: Reply): Reply {
  return showsSecret ? withoutSecret(reply) : reply;
}

/** Returns 304 if the caller already has this version of the resource. */
function notModifiedIfKnown(request: HonoRequest, reply: Reply): Reply {
  const ifNoneMatch = request.header('if-none-match');
  const { etag } = reply.headers;
  return ifNoneMatch === undefined || etag === undefined || !matchesEtag(ifNoneMatch, etag)
    ? reply
    : empty(304, { etag });
}

/** The path without the base path and `/v1`, so that all addresses of a route share their idempotency keys. */
function withoutPrefix(path: string, basePath: string): string {
  const own = path.slice(basePath.length);
  return own.startsWith('/v1/') ? own.slice(3) : own;
}
