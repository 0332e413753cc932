import type { Actor, Context, ExpectedVersions, Page, Reach, Right } from '@curlew/core/kernel';
import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Spellings } from './spellings.ts';

/** What a handler gets of a request, parsed and checked. */
export interface Call<Query, Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** From `If-Match`. */
  readonly expected: ExpectedVersions;
  /** The path as it was called, with any prefix in front of the route's own. */
  readonly path: string;
  header(name: string): string | undefined;
  /** The page that the caller asks for, with their cursor opened. */
  page(): { limit: number; after?: readonly (string | number)[] };
  /** A page as an answer, with its `Link` to the next one. */
  paged(page: Page<unknown>): Reply;
}

export interface Success {
  readonly status: number;
  /** Of the JSON body; absent when there is none. */
  readonly schema?: z.ZodType;
  /** Of a body that is not JSON. */
  readonly mediaType?: string;
}

export type RequestHeader = 'If-Match' | 'If-None-Match' | 'Idempotency-Key' | 'Prefer';

/** One row of the API's contract: what OpenAPI documents, the hosts serve and the tests check. */
export interface Route<Ports, Id extends string = string, Query = unknown, Body = unknown, Result = unknown> {
  /** Names the operation; also the OpenAPI operationId. */
  readonly id: Id;
  /** The right that the operation needs; its verb requires the same. `public`: the answer is the same for every caller. */
  readonly right: Right | 'public';
  /** `all`: only a right over all of the organization counts. `own`: the operation is about the caller alone. */
  readonly over?: 'own' | 'all';
  /** Whether it changes users, keys or sessions, so that what is remembered of callers may be out of date. */
  readonly changesCallers?: boolean;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without its version; parameters in braces. */
  readonly path: string;
  readonly query?: z.ZodObject;
  readonly body?: {
    readonly schema: z.ZodType;
    /** `merge`: a JSON Merge Patch. `replace`: what GET answers is accepted. Both are parsed by the verb. */
    readonly kind: 'create' | 'replace' | 'merge';
    /** Whether there may be none. */
    readonly optional?: boolean;
  };
  /** How else the body and the query may be spelled. */
  readonly spellings?: Spellings;
  readonly accepts?: readonly RequestHeader[];
  /** The account whose secret a request tries: such tries are limited more strictly, by it, if it names one, and by address. */
  readonly triesSecretOf?: (call: Call<Query, Body>, actor: Actor) => string | undefined;
  /** Whether the answer holds a secret that is shown once: no receipt keeps it, and a repeat is `already_issued`. */
  readonly showsSecret?: boolean;
  readonly successes: readonly Success[];
  readonly problems: readonly ProblemCode[];
  /** Calls one verb. */
  run(ports: Ports & { readonly ctx: Context }, call: Call<Query, Body>): Promise<Result>;
  reply(result: Result, call: Call<Query, Body>): Reply;
}

export type AnyRoute = Route<never>;

/** Binds the types of a route's query and body to its schemas. Bodies that the verb parses arrive as `unknown`. */
export function routesFor<Ports>() {
  return <
    const Id extends string,
    QuerySchema extends z.ZodObject = z.ZodObject<Record<never, never>>,
    BodySchema extends z.ZodType = z.ZodUndefined,
    Kind extends 'create' | 'replace' | 'merge' = 'create',
    Result = unknown,
  >(
    route: Omit<
      Route<Ports, Id, z.output<QuerySchema>, Kind extends 'create' ? z.output<BodySchema> : unknown, Result>,
      'query' | 'body'
    > & {
      readonly query?: QuerySchema;
      readonly body?: { readonly schema: BodySchema; readonly kind: Kind; readonly optional?: boolean };
    },
  ): Route<Ports, Id> => route as unknown as Route<Ports, Id>;
}

/** Whether the answers have pages, and so cursors that have to be signed. */
export function isList({ query }: Pick<Route<never>, 'query'>): boolean {
  return query !== undefined && 'cursor' in query.shape;
}

export function isPublic({ right }: Pick<Route<never>, 'right'>): boolean {
  return right === 'public';
}

/** How far the operation goes for a caller whose right has this reach. */
export function reachWithin({ over }: Pick<Route<never>, 'over'>, reach: Reach): Reach {
  if (over === 'all') return reach === 'all' ? 'all' : 'none';
  return over === 'own' && reach !== 'none' ? 'own' : reach;
}
