import type { Actor, Context, ExpectedVersions, Page, Reach, Right } from '@curlew/core/kernel';
import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Spellings } from './spellings.ts';

/** A parsed and validated request, as a handler gets it. */
export interface Call<Query, Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The versions in `If-Match`; undefined accepts any version. */
  readonly expected: ExpectedVersions;
  /** The path that the caller sent, including any prefix of the route's path. */
  readonly path: string;
  /** Aborts when the caller disconnects. */
  readonly signal: AbortSignal;
  /** Whether an answer may last as long as its connection. On AWS an answer is complete before it is sent. */
  readonly live: boolean;
  header(name: string): string | undefined;
  /** The page that the caller requests, with its cursor decoded. */
  page(): { limit: number; after?: readonly (string | number)[] };
  /** Turns a page into a reply with the `Link` header to the next page. Throws `PageTooLarge` if not all items fit. */
  paged(page: Page<unknown>): Reply;
}

export interface Success {
  readonly status: number;
  /** The schema of the JSON body; absent if the response has no JSON body. */
  readonly schema?: z.ZodType;
  /** The media type of a body that is not JSON. */
  readonly mediaType?: string;
}

/**
 * How a route's request and answer travel: `json` as documents of limited size, `bytes` as streams in both directions,
 * `stream` as server-sent events, `upgrade` as a connection that the handler takes over.
 */
export type RouteKind = 'json' | 'bytes' | 'stream' | 'upgrade';

export type RequestHeader = 'If-Match' | 'If-None-Match' | 'Idempotency-Key' | 'Prefer';

/** A route of the API's contract. OpenAPI documents it, the hosts serve it, and the tests check it. */
export interface Route<Ports, Id extends string = string, Query = unknown, Body = unknown, Result = unknown> {
  /** The name of the operation, and its OpenAPI operationId. */
  readonly id: Id;
  /** `json` if absent. */
  readonly kind?: RouteKind;
  /** The right that the operation needs; the service requires it too. `public`: the answer is the same for every caller. */
  readonly right: Right | 'public';
  /** A second right that the operation needs, and that the service requires too. */
  readonly alsoRight?: Right;
  /** Whether the service refuses every API key: the caller must have signed in. */
  readonly refusesKeys?: boolean;
  /** `all`: the operation needs a right over the whole organization. `own`: it concerns only the caller's resources. */
  readonly over?: 'own' | 'all';
  /** Whether the operation changes users, keys or sessions, so that cached callers may be out of date. */
  readonly changesCallers?: boolean;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path without the version, with parameters in braces. */
  readonly path: string;
  readonly query?: z.ZodObject;
  readonly body?: {
    readonly schema: z.ZodType;
    /** `merge`: a JSON Merge Patch. `replace`: a whole resource as GET answers it. The service parses both kinds. */
    readonly kind: 'create' | 'replace' | 'merge';
    /** Whether the body may be missing. */
    readonly optional?: boolean;
  };
  /** The size limit of the body of a `bytes` route. If absent, no body is read. */
  readonly maxBytes?: number;
  /** Other spellings that the body and the query accept. */
  readonly spellings?: Spellings;
  readonly accepts?: readonly RequestHeader[];
  /**
   * For attempts at a secret, which have stricter rate limits by network and by the caller's credential. Returns the
   * credential of a signed-in caller.
   */
  readonly triesSecretOf?: (call: Call<Query, Body>, actor: Actor) => string | undefined;
  /** Whether the response contains a secret that is shown once. No receipt stores it; a repeat gets `already_issued`. */
  readonly showsSecret?: boolean;
  readonly successes: readonly Success[];
  readonly problems: readonly ProblemCode[];
  /** Calls the service function of the operation. */
  run(ports: Ports & { readonly ctx: Context }, call: Call<Query, Body>): Promise<Result>;
  reply(result: Result, call: Call<Query, Body>): Reply;
}

export type AnyRoute = Route<never>;

/** Forbids fields that a kind cannot have: only JSON bodies have a schema, and receipts store only text. */
type Limits<Kind extends RouteKind> = Kind extends 'json'
  ? { readonly maxBytes?: never }
  : { readonly body?: never; readonly accepts?: readonly 'If-None-Match'[]; readonly showsSecret?: never };

/**
 * Derives the types of a route's query and body from its schemas. A body that the service parses has type `unknown`; the
 * body of a `bytes` route is a stream.
 */
export function routesFor<Ports>() {
  return <
    const Id extends string,
    QuerySchema extends z.ZodObject = z.ZodObject<Record<never, never>>,
    BodySchema extends z.ZodType = z.ZodUndefined,
    Kind extends 'create' | 'replace' | 'merge' = 'create',
    Result = unknown,
    const Travel extends RouteKind = 'json',
  >(
    route: Omit<
      Route<
        Ports,
        Id,
        z.output<QuerySchema>,
        Travel extends 'bytes'
          ? ReadableStream<Uint8Array<ArrayBuffer>>
          : Kind extends 'create'
            ? z.output<BodySchema>
            : unknown,
        Result
      >,
      'query' | 'body' | 'kind'
    > & {
      readonly kind?: Travel;
      readonly query?: QuerySchema;
      readonly body?: { readonly schema: BodySchema; readonly kind: Kind; readonly optional?: boolean };
    } & Limits<Travel>,
  ): Route<Ports, Id> => route as unknown as Route<Ports, Id>;
}

/** Whether the route answers a list in pages, which needs keys to sign cursors. */
export function isList({ query }: Pick<Route<never>, 'query'>): boolean {
  return query !== undefined && 'cursor' in query.shape;
}

export function isPublic({ right }: Pick<Route<never>, 'right'>): boolean {
  return right === 'public';
}

/** The reach of the operation for a caller whose right has this reach. */
export function reachWithin({ over }: Pick<Route<never>, 'over'>, reach: Reach): Reach {
  if (over === 'all') return reach === 'all' ? 'all' : 'none';
  return over === 'own' && reach !== 'none' ? 'own' : reach;
}
