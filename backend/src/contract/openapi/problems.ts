import { CurlewError, type Issue } from '@curlew/core/kernel';
import { isPublic } from '../../http/contract.ts';
import { ERROR_CODES, ERRORS } from '../../http/error-pages.ts';
import { type ProblemCode, problem, STATUS, titleOf } from '../../http/problem.ts';
import { IDS } from '../operations/example-data.ts';
import { type Reference, type Response, refTo, type Schema } from './openapi.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';
import type { AnyRoute } from './routes.ts';
import { headers } from './successes.ts';

/** Problems that occur before a route is found, so no operation lists them. The document's introduction explains them. */
export const BEFORE_ROUTING: readonly ProblemCode[] = ['malformed_http', 'route_not_found', 'method_not_allowed'];

/** Problems that reject the caller's host or origin. Every operation lists them. */
export const ADMISSION: readonly ProblemCode[] = ['host_not_allowed', 'origin_not_allowed'];

/** The problems of a route, by status: its own problems, and the problems of the headers and body that it accepts. */
function problemCodes(route: AnyRoute): ReadonlyMap<number, readonly ProblemCode[]> {
  const codes = new Set<ProblemCode>([
    ...route.problems,
    ...ADMISSION,
    ...when(!isPublic(route), 'unauthenticated', 'forbidden'),
    ...when(route.service !== 'service', 'unavailable'),
    'invalid_request',
    'rate_limited',
    'internal',
    ...when(route.body !== undefined, 'malformed_json', 'body_too_large', 'unsupported_media_type'),
    ...when(route.maxBytes !== undefined, 'body_too_large', 'unsupported_media_type'),
    ...when(route.accepts?.includes('Idempotency-Key'), 'idempotency_in_flight', 'idempotency_key_reused'),
    ...when(route.method !== 'GET', 'busy'),
  ]);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of ERROR_CODES.filter((one) => codes.has(one))) {
    byStatus.set(STATUS[code], [...(byStatus.get(STATUS[code]) ?? []), code]);
  }
  return byStatus;
}

function when(condition: boolean | undefined, ...codes: ProblemCode[]): ProblemCode[] {
  return condition === true ? codes : [];
}

/** The problem responses of all routes. A set of problems that several routes share becomes one component. */
export function problemResponses(routes: readonly AnyRoute[]) {
  const uses = new Map<string, number>();
  for (const route of routes) {
    for (const codes of problemCodes(route).values()) uses.set(nameOf(codes), (uses.get(nameOf(codes)) ?? 0) + 1);
  }
  const responses: Record<string, Response> = {};
  const examples: Record<string, object> = {};
  return {
    responses,
    examples,
    of(route: AnyRoute): Record<string, Response | Reference> {
      return Object.fromEntries([...problemCodes(route)].map(([status, codes]) => [status, responseOf(codes)]));
    },
  };

  function responseOf(codes: readonly ProblemCode[]): Response | Reference {
    for (const code of codes) examples[code] = { summary: titleOf(code), value: exampleOf(code) };
    const name = nameOf(codes);
    if (uses.get(name) === 1) return response(codes);
    responses[name] ??= response(codes);
    return refTo('responses', name);
  }
}

function response(codes: readonly ProblemCode[]): Response {
  const [first] = codes as [ProblemCode];
  const waits = codes.some((code) => 'retry-after' in problem(plain(code), IDS.request).headers);
  return {
    description: codes.length === 1 ? sentence(first) : codes.map((code) => `- ${sentence(code)}`).join('\n'),
    headers: headers(
      ...(waits || codes.includes('rate_limited') ? ['RetryAfter'] : []),
      ...(codes.includes('rate_limited') ? ['RateLimit', 'RateLimitPolicy'] : []),
      'XRequestId',
    ),
    content: {
      'application/problem+json': {
        schema: refTo('schemas', 'Problem'),
        examples: Object.fromEntries(codes.map((code) => [code, refTo('examples', code)])),
      },
    },
    'x-problem-codes': codes,
  };
}

/** A link to the problem's page, and the first sentence of that page. */
function sentence(code: ProblemCode): string {
  const [first = ''] = ERRORS[code].means.split(/(?<=\.) /);
  return `[\`${code}\`](/docs/errors/${code}): ${first}`;
}

/** The component name of a set of problems, such as "NotFound" or "BusyOrUnavailable". */
function nameOf(codes: readonly ProblemCode[]): string {
  return codes.map((code) => titleOf(code).replaceAll(/ ?(\w+)/g, (_, word: string) => capital(word))).join('Or');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function plain(code: ProblemCode) {
  const { message, issues = [], details = {} } = PROBLEM_EXAMPLES[code];
  return new CurlewError<ProblemCode>(code, message, { issues: issues as readonly Issue[], details });
}

function exampleOf(code: ProblemCode): unknown {
  return JSON.parse(String(problem(plain(code), IDS.request).body));
}

const string = { type: 'string' };
const detail = (description: string) => ({ type: 'string', description });

/**
 * The schema of a problem document, with the members of all problems. They are not split by service, because a problem
 * such as `external_id_taken` belongs to several services, and clients read one published schema.
 */
const PROBLEM: Schema = {
  type: 'object',
  description: 'A problem document (RFC 9457). Its optional members depend on its `code`.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The page that explains the problem.' },
    title: string,
    status: { type: 'integer', description: 'The same value as the HTTP status.' },
    detail: detail('A sentence for people: the error in this request.'),
    code: refTo('schemas', 'ProblemCode'),
    message: detail('The same text as `detail`, for clients that show `message`.'),
    requestId: detail('The id of the request. The log lines of the request contain it.'),
    errors: {
      type: 'array',
      description: 'All errors in the input, at once.',
      items: refTo('schemas', 'InputError'),
    },
    from: detail('Of `illegal_transition`: the current status.'),
    to: detail('Of `illegal_transition`: the requested status.'),
    allowed: { type: 'array', items: string, description: 'Of `illegal_transition`: the possible steps.' },
    currentVersion: { type: 'integer', description: 'Of `precondition_failed`: the current version.' },
    right: { type: 'string', description: 'Of `forbidden`: the missing right.' },
    ticketId: detail('Of `external_id_taken`: the ticket that has this id.'),
    messageId: detail('Of `external_id_taken`: the message that has this id.'),
    taskId: detail('Of `external_id_taken`: the task that has this id.'),
  },
  required: ['type', 'title', 'status', 'detail', 'message', 'code', 'requestId'],
};

const INPUT_ERROR: Schema = {
  type: 'object',
  description: 'One error in the input.',
  properties: {
    pointer: detail('A JSON Pointer into the body; for a query parameter or header, /query/ or /header/ and its name.'),
    code: detail('The kind of error, for programs.'),
    message: detail('A sentence for people about the error.'),
  },
  required: ['pointer', 'code', 'message'],
};

/** The schemas of problem documents. */
export const PROBLEM_SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: PROBLEM,
  ProblemCode: { type: 'string', enum: ERROR_CODES, description: 'The kind of problem, for programs.' },
  InputError: INPUT_ERROR,
};
