import { CurlewError, type Issue } from '@curlew/core/kernel';
import { isPublic } from '../../http/contract.ts';
import { ERROR_CODES, ERRORS } from '../../http/error-pages.ts';
import { type ProblemCode, problem, STATUS, titleOf } from '../../http/problem.ts';
import { IDS } from '../texts/example-data.ts';
import { type Reference, type Response, refTo, type Schema } from './openapi.ts';
import { PROBLEM_EXAMPLES } from './problem-examples.ts';
import type { AnyRoute } from './routes.ts';
import { headers } from './successes.ts';

/** Answers that are given before there is a route to give them; the document's introduction explains them. */
export const BEFORE_ROUTING: readonly ProblemCode[] = ['malformed_http', 'route_not_found', 'method_not_allowed'];

/** Refusals of who asks, whatever they ask for. */
export const ADMISSION: readonly ProblemCode[] = ['host_not_allowed', 'origin_not_allowed'];

/** The problems that a route answers with, by status: its own, and those that come with what it accepts. */
export function problemCodes(route: AnyRoute): ReadonlyMap<number, readonly ProblemCode[]> {
  const codes = new Set<ProblemCode>([
    ...route.problems,
    ...ADMISSION,
    ...when(!isPublic(route), 'unauthenticated', 'forbidden'),
    ...when(route.service !== 'service', 'unavailable'),
    'invalid_request',
    'rate_limited',
    'internal',
    ...when(route.body !== undefined, 'malformed_json', 'body_too_large', 'unsupported_media_type'),
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

/** The responses of many routes, each set of problems that several routes share once. */
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

/** A code with the beginning of its page. */
function sentence(code: ProblemCode): string {
  const [first = ''] = ERRORS[code].means.split(/(?<=\.) /);
  return `[\`${code}\`](/docs/errors/${code}): ${first}`;
}

/** "NotFound", "BusyOrUnavailable". */
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

/** A problem document with every member that any of our problems has. */
export const PROBLEM: Schema = {
  type: 'object',
  description: 'A problem document (RFC 9457). What else it holds depends on its `code`.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The page that explains the problem.' },
    title: string,
    status: { type: 'integer', description: 'The HTTP status again.' },
    detail: detail('What is wrong with this request, for people.'),
    code: { type: 'string', enum: ERROR_CODES, description: 'What is wrong, for programs.' },
    requestId: detail('Leads to the request in the log.'),
    errors: {
      type: 'array',
      description: 'Everything that is wrong with the input, at once.',
      items: {
        type: 'object',
        properties: {
          pointer: detail('A JSON Pointer into the body, or /query/… or /header/… and a name.'),
          code: detail('What is wrong here, for programs.'),
          message: detail('What is wrong here, for people.'),
        },
        required: ['pointer', 'code', 'message'],
        additionalProperties: false,
      },
    },
    from: detail('Of `illegal_transition`: the present status.'),
    to: detail('Of `illegal_transition`: the status asked for.'),
    allowed: { type: 'array', items: string, description: 'Of `illegal_transition`: the possible steps.' },
    currentVersion: { type: 'integer', description: 'Of `precondition_failed`: the present version.' },
    right: { type: 'string', description: 'Of `forbidden`: the right that is missing.' },
    ticketId: detail('Of `external_id_taken`: the ticket that has it.'),
    messageId: detail('Of `external_id_taken`: the message that has it.'),
    taskId: detail('Of `external_id_taken`: the task that has it.'),
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  additionalProperties: false,
};
