import { CurlewError, type ErrorCode } from '@curlew/core/kernel';
import { json, type Reply } from './reply.ts';

/** Codes of the problems that the HTTP layer itself reports. */
export type HttpCode =
  | 'malformed_json'
  | 'malformed_http'
  | 'host_not_allowed'
  | 'origin_not_allowed'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'idempotency_in_flight'
  | 'idempotency_key_reused'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'internal';

export type ProblemCode = ErrorCode | HttpCode;

export const STATUS: Readonly<Record<ProblemCode, number>> = {
  invalid_request: 400,
  malformed_json: 400,
  malformed_http: 400,
  read_only: 400,
  invalid_cursor: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  forbidden: 403,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  route_not_found: 404,
  method_not_allowed: 405,
  illegal_transition: 409,
  ticket_closed: 409,
  external_id_taken: 409,
  user_exists: 409,
  email_taken: 409,
  person_mismatch: 409,
  user_removed: 409,
  own_account: 409,
  already_issued: 409,
  too_many_api_keys: 409,
  idempotency_in_flight: 409,
  precondition_failed: 412,
  body_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
  internal: 500,
  busy: 503,
  unavailable: 503,
};

/** The `Retry-After` of problems that end after a short wait, in seconds. */
const RETRY_AFTER: Readonly<Partial<Record<ProblemCode, number>>> = {
  idempotency_in_flight: 1,
  rate_limited: 1,
  busy: 1,
  unavailable: 5,
};

/**
 * An error of the HTTP layer. `details` become members of the problem document, except two: `headers` are sent as headers,
 * and `status` replaces the status of the code.
 */
export function refusal(
  code: HttpCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): CurlewError<HttpCode> {
  return new CurlewError<HttpCode>(code, message, { details });
}

/**
 * A problem document (RFC 9457). Its `type` is the path of a page on this server. The text of an unexpected error goes
 * only to the log: the caller gets one fixed sentence and the request id.
 */
export function problem(error: unknown, requestId: string, basePath = ''): Reply {
  const shown =
    error instanceof CurlewError
      ? (error as CurlewError<ProblemCode>)
      : refusal(
          'internal',
          'The server failed; give the operator the request id, which leads to the cause in the log.',
        );
  const code: ProblemCode = shown.code;
  const {
    headers,
    status = STATUS[code],
    ...details
  } = shown.details as { headers?: Record<string, string>; status?: number };
  const retryAfter = RETRY_AFTER[code];
  return json(
    status,
    {
      type: `${basePath}/docs/errors/${code}`,
      title: titleOf(code),
      status,
      detail: shown.message,
      // Clients of the systems that Curlew replaces show this member.
      message: shown.message,
      code,
      requestId,
      ...(shown.issues.length > 0 ? { errors: shown.issues } : {}),
      ...details,
    },
    {
      'content-type': 'application/problem+json',
      // RFC 9110, 15.5.2: a 401 response must name the accepted authentication scheme.
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Curlew"' } : {}),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...headers,
    },
  );
}

/** "ticket_closed" → "Ticket closed". */
export function titleOf(code: ProblemCode): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
