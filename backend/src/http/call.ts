import { type Actor, fittingItems, isObject } from '@curlew/core/kernel';
import type { HonoRequest } from 'hono';
import * as z from 'zod';
import { parseJson } from './body.ts';
import type { Call, Route } from './contract.ts';
import type { Cursors, Place } from './cursor.ts';
import { expectedVersions } from './etag.ts';
import { parseQuery } from './query.ts';
import { normalizeCase, parseSpelled } from './spellings.ts';

/** A page whose items exceed the bytes of one answer. */
export class PageTooLarge extends Error {
  /** How many of the first items fit. */
  readonly fitting: number;

  constructor(fitting: number) {
    super(`Only the first ${fitting} items of the page fit into one answer.`);
    this.fitting = fitting;
  }
}

const NO_QUERY = z.strictObject({});
const DEFAULT_LIMIT = 25;

/**
 * Parses a request by its route's schemas. Throws `malformed_json`, `invalid_request`, `invalid_cursor`, and
 * `unavailable` if the keys that sign cursors cannot be read.
 */
export async function parseCall(
  route: Route<never>,
  request: HonoRequest,
  {
    actor,
    text,
    stream,
    cursors,
    signal,
    live,
  }: {
    actor: Actor;
    text: string;
    /** The body of a `bytes` route. */
    stream: ReadableStream | undefined;
    cursors: Cursors;
    /** The signal of a connection that the route keeps open. */
    signal: AbortSignal | undefined;
    live: boolean;
  },
): Promise<Call<Record<string, unknown>, unknown>> {
  const query = parseQuery(
    route.query ?? NO_QUERY,
    request.url.includes('?') ? request.queries() : {},
    route.spellings ?? {},
  ) as Record<string, unknown>;
  const body =
    route.body === undefined ? stream : parseBody(route, route.body.optional && isAbsent(text) ? {} : parseJson(text));
  const params = request.param() as Readonly<Record<string, string>>;
  const { limit = DEFAULT_LIMIT, cursor } = query as { limit?: number; cursor?: string };
  const place =
    route.query !== undefined && 'cursor' in route.query.shape
      ? await cursors.place(queryBinding(route, actor, { ...params, ...query }), cursor)
      : undefined;
  return {
    params,
    query,
    body,
    expected: route.accepts?.includes('If-Match') ? expectedVersions(request.header('if-match')) : undefined,
    path: request.path,
    // Created on first use: few routes need a signal, and each signal needs a controller.
    get signal() {
      return signal ?? request.raw.signal;
    },
    live,
    header: (name) => request.header(name),
    page() {
      return place?.after === undefined ? { limit } : { limit, after: place.after };
    },
    paged({ items, next }) {
      const body = JSON.stringify(items);
      const fitting = fittingItems(items, body);
      if (fitting < items.length) throw new PageTooLarge(fitting);
      // Only a list has pages, and every list takes a cursor.
      const link = next === undefined ? {} : { link: nextLink(request, (place as Place).next(next)) };
      return { status: 200, headers: { 'content-type': 'application/json', ...link }, body: `${body}\n` };
    },
  };
}

/** Whether an optional body is absent. Several clients send `null` instead of no body. */
function isAbsent(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === 'null';
}

function parseBody(route: Route<never>, written: unknown): unknown {
  const { body, spellings = {} } = route;
  if (body === undefined) return undefined;
  if (body.kind !== 'create') {
    return isObject(written) ? normalizeCase(written, spellings) : written;
  }
  return parseSpelled(body.schema, written, spellings);
}

/** The text that a cursor is bound to: the route, the organization, and all parameters that select or sort the items. */
function queryBinding(
  { id }: Route<never>,
  { organizationId }: Actor,
  query: Readonly<Record<string, unknown>>,
): string {
  const { limit: _limit, cursor: _cursor, ...rest } = query;
  return JSON.stringify([id, organizationId, ...Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** The query of a URL. It may contain further question marks (RFC 3986, 3.4). */
function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}

function nextLink(request: HonoRequest, cursor: string): string {
  const parameters = new URLSearchParams(queryOf(request.url));
  parameters.set('cursor', cursor);
  return `<${request.path}?${parameters}>; rel="next"`;
}
