import type { ProblemCode } from '../../http/problem.ts';
import { IDS } from '../operations/example-data.ts';

export interface ProblemExample {
  readonly message: string;
  readonly issues?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One example of each problem, in the words that the server uses. */
export const PROBLEM_EXAMPLES: Readonly<Record<ProblemCode, ProblemExample>> = {
  invalid_request: {
    message: '2 problems; see errors.',
    issues: [
      { pointer: '/priority', code: 'invalid_value', message: 'Must be one of LOW, MEDIUM, HIGH, CRITICAL.' },
      { pointer: '/colour', code: 'unknown_field', message: 'Is not a field of this resource; remove it.' },
    ],
  },
  malformed_json: { message: 'The body is empty; a JSON object is required.' },
  malformed_http: { message: 'The request is not valid HTTP.' },
  read_only: {
    message: '/number: Is read-only; send its present value or leave it out.',
    issues: [
      { pointer: '/number', code: 'read_only', message: 'Is read-only; send its present value or leave it out.' },
    ],
  },
  invalid_cursor: {
    message: 'The cursor is invalid or belongs to another query; start again without a cursor.',
  },
  unauthenticated: { message: 'The access token or API key is invalid, expired or revoked; send a valid one.' },
  wrong_credentials: {
    message: 'The sign-in failed. After several failed tries, wait up to 15 minutes.',
  },
  forbidden: {
    message: 'This needs the right tickets:manage, which the role customer does not have here.',
    details: { right: 'tickets:manage' },
  },
  host_not_allowed: {
    message: 'In open mode the Host header must be a loopback address of this machine, not "desk.example.com".',
  },
  origin_not_allowed: {
    message: 'In open mode web pages of https://example.com may not call the API; use a page that this server serves.',
  },
  not_found: { message: `There is no ticket ${IDS.otherTicket}.` },
  route_not_found: { message: 'No route has the path /v1/tickts; /docs lists all paths.' },
  method_not_allowed: { message: 'This path does not support DELETE; use one of GET, HEAD, POST, OPTIONS.' },
  illegal_transition: {
    message: 'A RESOLVED ticket can become OPEN, CLOSED, but not IN_PROGRESS.',
    details: { from: 'RESOLVED', to: 'IN_PROGRESS', allowed: ['OPEN', 'CLOSED'] },
  },
  ticket_closed: { message: 'A CLOSED ticket takes no more messages; open a new ticket instead.' },
  external_id_taken: {
    message: `Ticket ${IDS.ticket} has this externalId already.`,
    details: { ticketId: IDS.ticket },
  },
  user_exists: { message: `Another user has or had the id ${IDS.agent}; choose another id.` },
  email_taken: { message: 'Another user of the organization has this address.' },
  person_mismatch: { message: `The address belongs to user ${IDS.customer}, not to ${IDS.agent}.` },
  user_removed: { message: 'User legacy.user.88 was removed.' },
  own_account: { message: 'You cannot delete your own account.' },
  too_many_api_keys: { message: 'A user has at most 50 API keys; revoke one first.' },
  already_issued: {
    message:
      'The first answer to this request contained a secret that is shown only once; its id is key_01kjsdqgbj1hy8gnqqme6vdxan.',
  },
  idempotency_in_flight: {
    message: 'Another request with this Idempotency-Key is still running; repeat yours after the time in Retry-After.',
  },
  precondition_failed: {
    message: 'The resource is at version 4, which If-Match does not name. Nothing was changed.',
    details: { currentVersion: 4 },
  },
  body_too_large: { message: 'The body may have at most 1048576 bytes.' },
  unsupported_media_type: { message: 'Send application/json in UTF-8, not text/plain.' },
  idempotency_key_reused: {
    message: 'This Idempotency-Key was used with another request body; send a new key with a new request.',
  },
  rate_limited: { message: 'The limit of 600 reads per minute is used up; wait 12 seconds.' },
  internal: { message: 'The server failed; give the operator the request id, which leads to the cause in the log.' },
  busy: { message: 'Too many changes to this resource at once; try again.' },
  unavailable: { message: 'The storage accepts no writes at the moment, so nothing was changed; try again.' },
};
